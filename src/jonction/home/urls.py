from django.urls import path

from jonction.home import views

app_name = "home"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("bureau/", views.desk, name="desk"),
    path("recherche/", views.search, name="search"),
    path("plateforme/", views.platform, name="platform"),
    path("sante/", views.health, name="health"),
]
