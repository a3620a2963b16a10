"""A report as a reader meets it: its text, tags and attributes."""

from html.parser import HTMLParser

from formcheck.outputs.html import report_html
from tests.unit.outputs import sessions

VOID = {"meta", "img", "br", "path", "use", "link", "hr"}


class Checker(HTMLParser):
    """Tags close in order; ids are unique; collects text, tags and attributes."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.tags, self.attrs, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attrs += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.text.append(data)


def parse(page):
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert not checker.open
    return checker


def read(session, **kwargs):
    return " ".join(" ".join(parse(report_html(session, sessions.CREATED, **kwargs)).text).split())
