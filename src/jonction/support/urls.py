from django.urls import path

from jonction.support.views import continuity, coverage, journal, mandate, need, noting, resource

app_name = "support"
urlpatterns = [
    path("couverture/", coverage.coverage_list, name="coverage_list"),
    path("couverture/<int:pk>/", coverage.coverage_detail, name="coverage_detail"),
    path("couverture/<int:pk>/export.<str:kind>", coverage.coverage_export, name="coverage_export"),
    path("couverture/<int:pk>/dispense/", coverage.waiver_say, name="waiver_say"),
    path("couverture/alliance/<int:pk>/", coverage.coverage_alliance, name="coverage_alliance"),
    path("couverture/territoire/<int:pk>/", coverage.coverage_territory, name="coverage_territory"),
    path("dispenses/<int:pk>/retirer/", coverage.waiver_withdraw, name="waiver_withdraw"),
    path("continuite/<int:pk>/", continuity.continuity_detail, name="continuity_detail"),
    path("continuite/<int:pk>/fil/", continuity.continuity_thread, name="continuity_thread"),
    path("continuite/<int:pk>/de-cote/", continuity.alert_snooze, name="alert_snooze"),
    path("journal/", journal.intervention_list, name="intervention_list"),
    path("journal/noter/", noting.intervention_log, name="intervention_log"),
    path("journal/semaine/", noting.journal_week, name="journal_week"),
    path("journal/semaine/lire/", noting.journal_week_read, name="journal_week_read"),
    path("journal/semaine/noter/", noting.journal_week_log, name="journal_week_log"),
    path("journal/<int:pk>/corriger/", noting.intervention_correct, name="intervention_correct"),
    path("journal/<int:pk>/", journal.intervention_detail, name="intervention_detail"),
    path("journal/<int:pk>/retirer/", journal.intervention_remove, name="intervention_remove"),
    path("besoins/", need.need_list, name="need_list"),
    path("besoins/deposer/", need.need_new, name="need_new"),
    path("besoins/<int:pk>/", need.need_detail, name="need_detail"),
    path("besoins/<int:pk>/<slug:word>/", need.need_gesture, name="need_gesture"),
    path("mandats/", mandate.mandate_list, name="mandate_list"),
    path("mandats/proposer/", mandate.mandate_new, name="mandate_new"),
    path("mandats/<int:pk>/", mandate.mandate_detail, name="mandate_detail"),
    path("mandats/<int:pk>/<slug:word>/", mandate.mandate_gesture, name="mandate_gesture"),
    path("ressources/", resource.resource_list, name="resource_list"),
    path("ressources/ajouter/<int:alliance>/", resource.resource_new, name="resource_new"),
    path("ressources/<int:pk>/", resource.resource_detail, name="resource_detail"),
    path("ressources/<int:pk>/modifier/", resource.resource_edit, name="resource_edit"),
    path("ressources/<int:pk>/<slug:word>/", resource.resource_gesture, name="resource_gesture"),
    path("absences/<int:pk>/retirer/", resource.leave_remove, name="leave_remove"),
]
