"""A list as its page says it: columns, filters, order, one page of rows, and the whole to export.

    listing = Listing(request, rows_visible_to(person), columns=[…], filters=[…], order=["-on"])

The address says the rest: each filter under its name, `tri=-date`, `apres=` and `avant=` for the
page. What it says wrongly is told in a sentence or left aside, never an error. The queryset is
what the person may see: nothing of it is widened here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Exists, F, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jonction.core.lists import keyset
from jonction.core.lists.filters import Broad, Filter
from jonction.core.lists.naming import name_from, with_names

MOST = 1_000  # above, counting costs more than it tells
CHUNK = 2_000
EVERYTHING = Q()


@dataclass(frozen=True)
class Column:
    """What one column is called and says of a row; `sort` is the path it sorts by, if it does.

    Names sort by their folded column (engines.words.fold_key): no database sorts French alike.
    """

    name: str
    label: str | Promise
    value: Callable[[Any], Any]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """One head of the table: its link to sort, and the order in force as ARIA names it."""

    label: str | Promise
    link: str
    aria_sort: str


@dataclass(frozen=True, slots=True)
class Sort:
    """One order to choose in the tools: its value in the address, and its words."""

    value: str
    label: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    goes_on: bool  # in the direction of the walk


class Listing:
    """A list, as the request asks it.

    `order` is the order of the list until the person asks another: paths, « - » to descend.

    `formats` are the files the page can give of it (csv, xlsx, ods): `export_format` then says
    which one is asked, for the view to answer with `headers` and `rows_for_export()`.
    `keep` names what else the page reads in its address and every link must carry.
    `within` is what every row meets already, said so that counting enters an index by it.
    `names` are what the rows point to and whose name they print (core.lists.naming); `known` holds
    those that the page has read already, by their path and their key.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        *,
        columns: Sequence[Column] = (),
        filters: Sequence[Filter] = (),
        order: Sequence[str] = (),
        page_size: int = 30,
        formats: Sequence[str] = (),
        keep: Sequence[str] = (),
        within: Q = EVERYTHING,
        names: Sequence[str] = (),
        known: Mapping[str, Mapping[int, str]] | None = None,
    ) -> None:
        self.asked = request.GET
        self.queryset = queryset
        self.columns = columns
        self.filters = filters
        self.order = order
        self.page_size = page_size
        self.formats = formats
        self.keep = keep
        self.within = within
        self.names = names
        self.known = known or {}

    @cached_property
    def form(self) -> forms.Form:
        form = forms.Form(self.asked, auto_id="filtre_%s", use_required_attribute=False)
        form.fields.update({narrow.name: narrow.field for narrow in self.filters})
        form.is_valid()
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """Return the filters in force; one that does not stand is told by the form, and ignored."""
        values = self.form.cleaned_data
        return {name: value for name, value in values.items() if value not in ("", None)}

    @cached_property
    def found(self) -> QuerySet[Any]:
        """Return every row of the filtered list, in order."""
        ordered = self._narrowed.order_by(*keyset.ordering(self._keys, backwards=False))
        return self._named(ordered, self.names)

    @property
    def rows(self) -> list[Any]:
        """Return the rows of this page."""
        return self._page.rows

    @cached_property
    def count(self) -> int:
        """Return how many rows the filtered list has, up to `most` and one."""
        if self._place is None and not self._page.goes_on:
            return len(self.rows)  # they are all here
        if self._is_broad:
            return self.most + 1
        # nothing of the rows is asked, so that an index alone answers; Django's count() asks a key
        found = self._narrowed.filter(self.within).order_by()
        counted = found.values(row=Value(1))[: MOST + 1].aggregate(count=Count("row"))
        return int(counted["count"])

    @property
    def is_uncounted(self) -> bool:
        return self.count > self.most

    @property
    def most(self) -> int:
        """Return how far the rows are counted."""
        return self.page_size if self._is_broad else MOST

    @property
    def headers(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def rows_for_export(self) -> Iterator[list[Any]]:
        """Yield the values of every row of the filtered list, without holding them all."""
        for row in self.found.iterator(chunk_size=CHUNK):
            yield [column.value(row) for column in self.columns]

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    @property
    def sorts(self) -> list[Sort]:
        """Return the orders to choose from where there is no head of a column to press."""
        words = {"": _("%(column)s, en montant"), "-": _("%(column)s, en descendant")}
        return [
            Sort(value, text % {"column": column.label}, is_asked=value == self._sort)
            for column in self.columns
            if column.sort
            for value, text in ((sign + column.name, text) for sign, text in words.items())
        ]

    @property
    def notice(self) -> str:
        """Return what to say of a page that cannot be shown as the address asks."""
        if self._place_asked and self._place is None:
            return _("Cette page de la liste n’existe pas : voici le début.")
        if self._place and not self.rows:
            return _("Il n’y a plus rien à cette page de la liste.")
        return ""

    @property
    def next_link(self) -> str:
        page = self._page
        goes_on = self._backwards or page.goes_on
        return self._address(apres=self._sign(page.rows[-1])) if page.rows and goes_on else ""

    @property
    def previous_link(self) -> str:
        page = self._page
        goes_on = page.goes_on if self._backwards else self._place is not None
        return self._address(avant=self._sign(page.rows[0])) if page.rows and goes_on else ""

    @property
    def first_link(self) -> str:
        return self._address() if self._place else ""

    @property
    def all_link(self) -> str:
        """Return the address without filters, when there are some."""
        return "?" + urlencode(self.kept) if self.chosen or self.form.errors else ""

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """Return what every link of the list carries besides the filters."""
        return [*self.carried, ("tri", self._sort)] if self._sort else self.carried

    @property
    def narrowing(self) -> str:
        """Return the filters and the order in force, for the links that change something else."""
        said = {name: self.asked[name] for name in self.chosen}
        return urlencode({**said, **({"tri": self._sort} if self._sort else {})})

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return what the page reads in its address beside the list: its form carries it."""
        return [(name, self.asked[name]) for name in self.keep if name in self.asked]

    @property
    def export_links(self) -> list[tuple[str, str]]:
        return [(kind, self._address(format=kind)) for kind in self.formats]

    @property
    def export_format(self) -> str:
        """Return the kind of file that the address asks, or nothing when it asks a page."""
        asked = self.asked.get("format", "")
        return asked if asked in self.formats else ""

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {column.name: column.sort for column in self.columns if column.sort}

    @cached_property
    def _sort(self) -> str:
        asked = self.asked.get("tri", "")
        return asked if asked.removeprefix("-") in self._paths else ""

    @cached_property
    def _keys(self) -> list[keyset.Key]:
        return keyset.keys_of(self.queryset.model, self._order)

    @cached_property
    def _order(self) -> Sequence[str]:
        sign = "-" if self._sort.startswith("-") else ""
        return [sign + self._paths[self._sort.removeprefix("-")]] if self._sort else self.order

    @cached_property
    def _narrowed(self) -> QuerySet[Any]:
        found = self.queryset
        for condition in self._conditions:
            found = found.filter(condition)
        return found

    @cached_property
    def _conditions(self) -> list[Q | Exists]:
        chosen = self.chosen
        return [one.condition(chosen[one.name]) for one in self.filters if one.name in chosen]

    @property
    def _is_broad(self) -> bool:
        return any(isinstance(condition, Broad) for condition in self._conditions)

    @cached_property
    def _page(self) -> Page:
        backwards = self._backwards
        found = self._narrowed.order_by(*keyset.ordering(self._keys, backwards=backwards))
        if self._place:
            found = found.filter(
                keyset.start(self._keys, self._place, backwards=backwards),
                keyset.beyond(self._keys, self._place, backwards=backwards),
            )
        rows = list(self._whole(found[: self.page_size + 1]))
        goes_on, rows = len(rows) > self.page_size, rows[: self.page_size]
        for path, names in self.known.items():
            name_from(rows, path, names)
        return Page(rows[::-1] if backwards else rows, goes_on)

    def _whole(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Return these rows with their place in the list.

        Where the database walks far, it walks by keys alone, which an index holds: asked for whole
        rows, PostgreSQL opens each of those that it sets aside.
        """
        if self._is_broad or self.within != EVERYTHING:
            ordered = keyset.ordering(self._keys, backwards=self._backwards)
            chosen = self.queryset.model._base_manager.filter(pk__in=found.values("pk"))
            found = chosen.order_by(*ordered)
        places = {f"place_{rank}": F(key.path) for rank, key in enumerate(self._keys[:-1])}
        unknown = [path for path in self.names if path not in self.known]
        placed: QuerySet[Any] = self._named(found, unknown).annotate(**places)
        return placed

    def _named(self, rows: QuerySet[Any], paths: Sequence[str]) -> QuerySet[Any]:
        return with_names(rows, *paths) if self.names else rows

    @property
    def _place_asked(self) -> str:
        return self.asked.get("apres") or self.asked.get("avant") or ""

    @cached_property
    def _place(self) -> list[Any] | None:
        return keyset.unsign(self._place_asked, self._salt)

    @property
    def _backwards(self) -> bool:
        return self._place is not None and not self.asked.get("apres")

    @property
    def _salt(self) -> str:
        """A place is worth nothing in another list or another order: its values are of no use."""
        return ":".join([self.queryset.model._meta.label_lower, *self._order])

    def _sign(self, row: Any) -> str:
        values = [getattr(row, f"place_{rank}") for rank in range(len(self._keys) - 1)]
        return keyset.sign([*values, row.pk], self._salt)

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column.label, "", "")
        orders = {column.sort: "ascending", f"-{column.sort}": "descending"}
        state = orders.get(self._order[0] if self._order else "", "")
        turned = f"-{column.name}" if state == "ascending" else column.name
        return Head(column.label, self._address(tri=turned), state)

    def _address(self, **changes: str) -> str:
        """Return the address of this list with the filters in force, and what changes."""
        filters = {name: self.asked[name] for name in self.chosen}
        return "?" + urlencode({**dict(self.kept), **filters, **changes})
