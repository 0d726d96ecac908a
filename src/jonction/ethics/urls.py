from django.urls import path

from jonction.ethics import views

app_name = "ethics"
urlpatterns = [
    path("", views.tie_list, name="tie_list"),
    path("liens/declarer/", views.tie_declare, name="tie_declare"),
    path("liens/<int:pk>/terminer/", views.tie_end, name="tie_end"),
    path("refus/dire/", views.refusal_say, name="refusal_say"),
    path("refus/<int:pk>/retirer/", views.refusal_withdraw, name="refusal_withdraw"),
]
