"""The people of the house for tests: each has one role, and perhaps agencies."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client

from home.models import User
from portal import roles
from procedures.models import Agency, AgencyPerson

PASSWORD = "mat-khau-thu"


def person(role: roles.Role, username: str, *agencies: Agency) -> User:
    """Return a person with a role; the roles are made if need be."""
    if not Group.objects.filter(name=role.name).exists():
        roles.make()
    user = User.objects.create_user(username, email=f"{username}@example.vn", password=PASSWORD)
    user.groups.add(Group.objects.get(name=role.name))
    for agency in agencies:
        AgencyPerson.objects.create(agency=agency, user=user)
    return user


def logged_in(user: User) -> Client:
    """Return a browser of that person."""
    client = Client()
    client.force_login(user)
    return client
