# SPDX-License-Identifier: Apache-2.0
"""What a supervisor and a scraper see."""

import json

import harness


class Health(harness.ProgramsTest):
    def setUp(self):
        super().setUp()
        self.telegram = self.stage.simulator(channels=1, messages=500)
        self.address = f"127.0.0.1:{harness.free_port()}"
        self.engine = self.stage.engine(self.telegram, HEALTH_BIND=self.address).start()

    def fetch(self, path, **headers):
        return harness.fetch(self.address, path, **headers)

    def test_alive_is_not_ready(self):
        self.assertEqual(200, self.fetch("/healthz")[0])
        status, text = self.fetch("/readyz")
        self.assertEqual(503, status, text)
        checks = json.loads(text)["checks"]
        self.assertIn("failing", checks["accounts"])
        self.assertEqual("ok", checks["database"])
        self.engine.add_users()
        status, text = self.fetch("/readyz")
        self.assertEqual((200, True), (status, json.loads(text)["ready"]), text)

    def test_a_crash_would_leave_no_keys_in_a_core_file(self):
        with open(f"/proc/{self.engine.process.pid}/limits", encoding="ascii") as limits:
            core = next(line for line in limits if line.startswith("Max core file size"))
        self.assertEqual(["0", "0"], core.split()[4:6])

    def test_metrics_count_what_was_stored_as_json_and_as_text(self):
        self.engine.add_users()
        self.engine.ctl("target", "add", "@simch1")
        self.engine.ctl("collect", "--wait")
        status, text = self.fetch("/metrics")
        self.assertEqual(200, status)
        self.assertIn(self.telegram.total, list(numbers(json.loads(text))), text)
        status, text = self.fetch("/metrics", Accept="text/plain")
        self.assertEqual(200, status)
        values = [line.rsplit(" ", 1)[1] for line in text.splitlines() if line and not line.startswith("#")]
        self.assertIn(str(self.telegram.total), values, text)
        self.assertIn("mtproto_pool_accounts", text)
        self.assertEqual(200, self.fetch("/metrics.json", Accept="text/plain")[0])
        json.loads(self.fetch("/metrics.json", Accept="text/plain")[1])

    def test_an_unknown_page_says_which_there_are(self):
        status, text = self.fetch("/nothing")
        self.assertEqual(404, status)
        self.assertIn("/healthz", text)


def numbers(value):
    """All numbers in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, (int, float)):
        yield value


if __name__ == "__main__":
    harness.main()
