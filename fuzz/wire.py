"""Words of requests: addresses that the service knows, and headers that seldom come or never should."""

TOKEN = "a long secret"
#: An id that no video has.
VIDEO = "0" * 32

ADDRESSES = f"""
/ /live /live/exercises /live/pictures/squat.svg /sessions /sessions/1 /history /history/squat /data /plan
/videos /videos/{VIDEO} /login /openapi.json /api/videos /api/videos/{VIDEO} /api/videos/{VIDEO}/report
/api/videos/{VIDEO}/evidence/a.jpg /api/sessions /api/history /api/history/squat/score.svg /api/plan
/api/person/data /assets/static/live.js /assets/static/../x /assets/model/full.task
""".split()

QUERIES = (
    *("", "person=Anna", "exercise=squat", "limit=10&offset=0", "since=2026-01-01", "next=/videos"),
    *("exercise=squat&person=", "deleted=1"),
)

HEADERS = (
    *("Origin", "Host", "Cookie", "Authorization", "Content-Type", "Content-Length", "Range", "Accept"),
    *("If-None-Match", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Transfer-Encoding"),
    *("Referer", "Expect", "Connection", "Upgrade"),
)

VALUES = f"""
http://[
http://[::1
http://127.0.0.1:8000
http://a@b:c
//
[::1]:8000
127.0.0.1:99999999
localhost:x
{"a" * 9000}
Bearer\x20
Bearer \xff
Bearer {TOKEN}
Basic x
formcheck=\xff;=;
formcheck=x; a="\\
bytes=0-
bytes=-1
bytes=9-1
bytes={"0-1," * 500}
text/html
multipart/form-data
multipart/form-data; boundary=
application/json; charset=x
application/x-www-form-urlencoded
\x80\xff
1.2.3.4
100-continue
websocket
-1
1e9
""".split("\n")
