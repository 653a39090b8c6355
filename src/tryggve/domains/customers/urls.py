from django.urls import path

from tryggve.domains.customers.views import imports, programs, register, responsible

app_name = "customers"
urlpatterns = [
    path("customers/", register.customer_list, name="list"),
    path("customers/search/", register.search, name="search"),
    path("customers/found/<str:token>/", register.found, name="found"),
    path("customers/add/", register.add, name="add"),
    path("customers/import/", imports.upload, name="upload"),
    path("customers/import/<uuid:batch>/", imports.show, name="import"),
    path("customers/import/<uuid:batch>/confirm/", imports.confirm, name="import-confirm"),
    path("customers/import/<uuid:batch>/cancel/", imports.cancel, name="import-cancel"),
    path("customers/<uuid:customer>/", register.card, name="card"),
    path("customers/<uuid:customer>/edit/", register.edit, name="edit"),
    path("customers/<uuid:customer>/delete/", register.delete, name="delete"),
    path("customers/<uuid:customer>/responsible/", responsible.assign, name="assign"),
    path("api/v1/customers", programs.customers, name="api-list"),
    path("api/v1/customers/<str:customer>", programs.customer, name="api-customer"),
]
