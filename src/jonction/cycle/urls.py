from django.urls import path

from jonction.cycle import views

app_name = "cycle"
urlpatterns = [
    path("", views.process_list, name="process_list"),
    path("<int:pk>/", views.process_detail, name="process_detail"),
    path("<int:pk>/calendrier.ics", views.process_calendar, name="process_calendar"),
    path("instances/<int:pk>/ouvrir/", views.process_open, name="process_open"),
    path("<int:pk>/etapes/", views.stages_plan, name="stages_plan"),
    path("etapes/<int:pk>/commencer/", views.stage_open, name="stage_open"),
    path("etapes/<int:pk>/terminer/", views.stage_close, name="stage_close"),
    path("<int:pk>/jalons/nouveau/", views.milestone_add, name="milestone_add"),
    path("jalons/<int:pk>/modifier/", views.milestone_edit, name="milestone_edit"),
    path("jalons/<int:pk>/retirer/", views.milestone_remove, name="milestone_remove"),
    path("<int:pk>/echeances/nouvelle/", views.deadline_add, name="deadline_add"),
    path("echeances/<int:pk>/modifier/", views.deadline_edit, name="deadline_edit"),
    path("echeances/<int:pk>/retirer/", views.deadline_remove, name="deadline_remove"),
    path("<int:pk>/transition/", views.transition_start, name="transition_start"),
    path("<int:pk>/fermer/", views.process_close, name="process_close"),
    path("alliances/<int:pk>/fenetres/", views.window_list, name="window_list"),
    path("alliances/<int:pk>/fenetres/nouvelle/", views.window_add, name="window_add"),
    path("fenetres/<int:pk>/modifier/", views.window_edit, name="window_edit"),
    path("fenetres/<int:pk>/retirer/", views.window_remove, name="window_remove"),
    path("alliances/<int:pk>/exigences/", views.requirement_list, name="requirement_list"),
    path("alliances/<int:pk>/exigences/nouvelle/", views.requirement_add, name="requirement_add"),
    path(
        "alliances/<int:pk>/exigences/reprendre/", views.requirement_copy, name="requirement_copy"
    ),
    path("exigences/<int:pk>/modifier/", views.requirement_edit, name="requirement_edit"),
    path("exigences/<int:pk>/retirer/", views.requirement_remove, name="requirement_remove"),
]
