from django.urls import path

from jonction.home import views

app_name = "home"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("bureau/", views.desk, name="desk"),
    path("recherche/", views.search, name="search"),
    path("sante/", views.health, name="health"),
]
