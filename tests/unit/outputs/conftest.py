import pytest

from tests.unit.outputs import sessions


@pytest.fixture(params=sessions.ALL)
def any_session(request):
    return sessions.ALL[request.param]()
