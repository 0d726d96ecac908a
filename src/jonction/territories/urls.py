from django.urls import path

from jonction.territories import views

app_name = "territories"
urlpatterns = [
    path("", views.place_list, name="place_list"),
    path("carte/", views.place_list_map, name="place_list_map"),
    path("<str:code>/", views.place_detail, name="place_detail"),
    path("<str:code>/carte/", views.place_detail_map, name="place_detail_map"),
]
