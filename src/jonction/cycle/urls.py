from django.urls import path

from jonction.cycle import views

app_name = "cycle"
urlpatterns = [
    path("", views.process_list, name="process_list"),
    path("<int:pk>/", views.process_detail, name="process_detail"),
]
