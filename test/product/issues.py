"""A product in Python: asks for one flag by OFREP, with nothing but the standard library.

Reads the key of an org from each line of its input, and answers what that org gets.
"""

import json
import os
import sys
import urllib.request

ADDRESS = os.environ["FLAGS_URL"] + "/ofrep/v1/evaluate/flags/"
KEY = os.environ["FLAGS_KEY"]


def is_enabled(flag, org, default=False):
    """The flag's value for an org; the default while nobody can be asked."""
    body = json.dumps({"context": {"targetingKey": "u1", "org": {"key": org}}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + KEY}
    try:
        with urllib.request.urlopen(urllib.request.Request(ADDRESS + flag, body, headers), timeout=10) as answer:
            return json.load(answer).get("value", default)
    except OSError:
        return default


for line in sys.stdin:
    print("new" if is_enabled("new-issue-stream", line.strip()) else "old", flush=True)
