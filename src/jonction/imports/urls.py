from django.urls import path

from jonction.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("noms/", views.match_list, name="match_list"),
    path("noms/<int:pk>/oublier/", views.match_forget, name="match_forget"),
    path("nouveau/<slug:reader>/", views.import_new, name="import_new"),
    path("<int:pk>/", views.import_detail, name="import_detail"),
    path("<int:pk>/noms/", views.import_names, name="import_names"),
    path("<int:pk>/refusees.csv", views.import_refused, name="import_refused"),
    path("<int:pk>/lignes/<int:row>/", views.row_correct, name="row_correct"),
    path("<int:pk>/<slug:word>/", views.import_gesture, name="import_gesture"),
]
