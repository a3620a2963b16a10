"""The HTTP API keeps to its OpenAPI document, whatever is sent."""

from collections import Counter
from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from formcheck.apps.web import app as app_module
from tests.unit.web.judges import Judges, NoLengths, client_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module, "Lengths", NoLengths)
        folder = tmp_path_factory.mktemp("schema")
        with client_of(folder, workers=Judges(), uploads_per_minute=10**6) as client:
            client.known = client.sent()
            client.judged(client.known)
            yield client


SETTINGS = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


def test_every_answer_is_a_documented_one(client):
    document = schemathesis.openapi.from_url(f"http://{client.service.host}/openapi.json")
    asked = Counter()

    def ask(operation, mode):
        @SETTINGS
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_to_the_document(case):
            asked[operation.label] += 1
            if mode is GenerationMode.POSITIVE and case.method == "GET" and case.path_parameters:
                case.path_parameters["video"] = client.known  # else all would be unknown
            case.call_and_validate(checks=CHECKS)

        with suppress(Unsatisfiable):  # where nothing is asked nothing can be asked wrongly
            keeps_to_the_document()

    for found in document.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            ask(found.ok(), mode)
    assert {"POST /api/videos", "GET /api/videos", "DELETE /api/videos/{video}"} <= set(asked)
    assert asked["POST /api/videos"] > 10


def test_every_route_of_the_contract_is_in_the_document(client):
    found = client.service.app.openapi()["paths"]
    routes = {(method.upper(), path) for path, methods in found.items() for method in methods}
    assert routes >= {
        ("POST", "/api/videos"),
        ("GET", "/api/videos"),
        ("GET", "/api/videos/{video}"),
        ("DELETE", "/api/videos/{video}"),
        ("GET", "/api/videos/{video}/session"),
        ("GET", "/api/videos/{video}/report"),
        ("GET", "/api/videos/{video}/annotated"),
        ("GET", "/api/sessions"),
        ("DELETE", "/api/sessions/{session}"),
        ("GET", "/api/history"),
    }
    upload = found["/api/videos"]["post"]
    assert "multipart/form-data" in upload["requestBody"]["content"]
    assert {"202", "400", "401", "403", "413", "415", "422", "429", "507"} <= set(upload["responses"])
