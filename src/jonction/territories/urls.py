from django.urls import path

from jonction.territories import views

app_name = "territories"
urlpatterns = [
    path("", views.place_list, name="place_list"),
    path("<str:code>/", views.place_detail, name="place_detail"),
]
