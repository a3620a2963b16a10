import pytest

from tests.unit.outputs import runs, sessions

ALL = sessions.ALL | runs.ALL


@pytest.fixture(params=ALL)
def any_session(request):
    return ALL[request.param]()
