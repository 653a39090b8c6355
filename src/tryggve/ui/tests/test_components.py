from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory


class Customer(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door.")
    note = forms.CharField(label="Note", required=False, widget=forms.TextInput(attrs={"placeholder": "Hm"}))
    kind = forms.ChoiceField(label="Kind", choices=[("p", "Person")], widget=forms.RadioSelect)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


def shown(source: str, **context: Any) -> str:
    template = engines["django"].from_string("{% load ui %}" + source)
    return " ".join(template.render(context, RequestFactory().get("/c/?q=1")).split())


def test_field_ties_label_help_and_error_to_its_control() -> None:
    page = shown("{% field form.name %}", form=Customer({}))
    assert '<label for="id_name"> Name </label>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext">As on the door.<' in page
    assert '<div id="id_name_error"> <p class="field-error">This field is required.</p>' in page
    assert 'aria-invalid="true"' in page


def test_field_that_may_be_left_out_says_so_and_has_no_placeholder() -> None:
    page = shown("{% field form.note %}", form=Customer())
    assert "(optional)" in page
    assert "placeholder" not in page


class Filter(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=[("p", "Person")], required=False)
    tags = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def test_form_on_which_nothing_is_asked_for_says_of_no_field_that_it_may_be_left_out() -> None:
    assert "(optional)" not in shown("{% fields form %}", form=Filter())


def test_group_of_choices_is_a_fieldset_with_legend() -> None:
    page = shown("{% field form.kind %}", form=Customer())
    assert "<fieldset> <legend> Kind </legend>" in page


def test_form_shows_hidden_fields_and_a_summary_with_links() -> None:
    page = shown("{% fields form %}", form=Customer({"kind": "p"}))
    assert '<input type="hidden" name="seen" id="id_seen">' in page
    assert '<li><a href="#id_name">Name</a>: This field is required.</li>' in page
    assert 'href="#id_kind"' not in page


def test_form_without_faults_has_no_summary() -> None:
    assert "notice-danger" not in shown("{% fields form %}", form=Customer())


def test_name_keeps_its_direction_and_its_brackets() -> None:
    assert shown("{{ name|bdi }}", name="<b>Åsa") == "<bdi>&lt;b&gt;Åsa</bdi>"


def test_progress_of_unknown_length_has_no_value() -> None:
    assert "<progress></progress>" in shown('{% progress 0 0 "Reading" %}')
    assert '<progress value="3" max="9">' in shown('{% progress 3 9 "Reading" %}')


def test_empty_state_offers_the_first_step() -> None:
    page = shown('{% empty_state "None yet" "Bring a list." "Bring" "/import/" %}')
    assert '<a class="btn btn-primary" href="/import/">Bring</a>' in page


def test_pages_link_to_their_neighbours_and_keep_what_was_asked() -> None:
    middle = Paginator(range(9), 3).page(2)
    page = shown("{% pagination page %}", page=middle)
    assert 'rel="prev" href="?q=1&amp;page=1"' in page
    assert 'rel="next" href="?q=1&amp;page=3"' in page
    assert "Page 2 of 3" in page


def test_single_page_needs_no_links() -> None:
    assert shown("{% pagination page %}", page=Paginator(range(2), 3).page(1)) == ""
