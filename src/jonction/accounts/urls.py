from django.urls import path

from jonction.accounts import views

app_name = "accounts"
urlpatterns = [path("connexion/", views.demo_sign_in, name="demo_sign_in")]
