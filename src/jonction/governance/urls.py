from django.urls import path

from jonction.governance import views

app_name = "governance"
urlpatterns = [
    path("", views.alliance_list, name="alliance_list"),
    path("ouvrir/", views.alliance_open, name="alliance_open"),
    path("<int:pk>/", views.alliance_detail, name="alliance_detail"),
    path("<int:pk>/carte/", views.alliance_map, name="alliance_map"),
    path("<int:pk>/modifier/", views.alliance_edit, name="alliance_edit"),
    path("<int:pk>/territoires/nouveau/", views.territory_create, name="territory_create"),
    path("territoires/<int:pk>/modifier/", views.territory_edit, name="territory_edit"),
    path("<int:pk>/instances/nouvelle/", views.body_create, name="body_create"),
    path("instances/<int:pk>/", views.body_detail, name="body_detail"),
    path("instances/<int:pk>/modifier/", views.body_edit, name="body_edit"),
    path("instances/<int:pk>/sieges/nouveau/", views.seat_give, name="seat_give"),
    path("sieges/<int:pk>/terminer/", views.seat_end, name="seat_end"),
    path("organismes/", views.organisation_list, name="organisation_list"),
    path("organismes/nouveau/", views.organisation_create, name="organisation_create"),
    path("organismes/<int:pk>/", views.organisation_detail, name="organisation_detail"),
    path("organismes/<int:pk>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("organismes/<int:pk>/acces/nouveau/", views.membership_give, name="membership_give"),
    path("acces/<int:pk>/terminer/", views.membership_end, name="membership_end"),
    path("territoire/<str:code>/", views.place_detail, name="place_detail"),
]
