from django.urls import path

from jonction.support import views

app_name = "support"
urlpatterns = [
    path("couverture/", views.coverage_list, name="coverage_list"),
    path("couverture/<int:pk>/", views.coverage_detail, name="coverage_detail"),
    path("journal/", views.intervention_list, name="intervention_list"),
    path("journal/noter/", views.intervention_log, name="intervention_log"),
    path("journal/<int:pk>/", views.intervention_detail, name="intervention_detail"),
    path("journal/<int:pk>/retirer/", views.intervention_remove, name="intervention_remove"),
]
