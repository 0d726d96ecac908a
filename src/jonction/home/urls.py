from django.urls import path

from jonction.home import views

app_name = "home"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("bureau/", views.desk, name="desk"),
    path("sante/", views.health, name="health"),
]
