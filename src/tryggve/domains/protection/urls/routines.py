from django.urls import path

from tryggve.domains.protection.views import calendars, duties, meetings, routines

urlpatterns = [
    path("routines/", routines.mine, name="routines"),
    path("routines/everybody/", routines.everybodys, name="routines-everybody"),
    path("routines/turn/<uuid:turn>/", routines.turn, name="routine"),
    path("routines/turn/<uuid:turn>/done/", routines.done, name="routine-done"),
    path("routines/turn/<uuid:turn>/postpone/", routines.postpone, name="routine-postpone"),
    path("routines/turn/<uuid:turn>/take-back/", routines.take_back, name="routine-take-back"),
    path("routines/who/", duties.all_of_them, name="duties"),
    path("routines/who/<slug:duty>/", duties.one, name="duty"),
    path("routines/who/<slug:duty>/assign/", duties.assign, name="duty-assign"),
    path("routines/who/<slug:duty>/off/", duties.switch_off, name="duty-off"),
    path("routines/who/<slug:duty>/on/", duties.switch_on, name="duty-on"),
    path("routines/captain/", duties.captains, name="captains-tasks"),
    path("routines/meetings/", meetings.all_of_them, name="meetings"),
    path("routines/meetings/make/", meetings.make, name="meeting-make"),
    path("routines/meetings/<uuid:meeting>/", meetings.one, name="meeting"),
    path("routines/meetings/<uuid:meeting>/handout/", meetings.file, name="meeting-file"),
    path("routines/meetings/<uuid:meeting>/held/", meetings.hold, name="meeting-held"),
    path("routines/meetings/<uuid:meeting>/not-held/", meetings.take_back, name="meeting-not-held"),
    path("routines/meetings/<uuid:meeting>/there/", meetings.confirm, name="meeting-there"),
    path("routines/calendar/", calendars.mine, name="calendar"),
    path("routines/calendar/end/", calendars.end, name="calendar-end"),
    path("routines/calendar/<str:token>.ics", calendars.feed, name="calendar-feed"),
]
