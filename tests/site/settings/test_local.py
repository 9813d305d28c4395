"""What a machine without any setting gives itself."""

import ipaddress
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from wardmark.settings import local
from wardmark.settings.local import lan_address, local_base_url, local_secret_key


def test_the_secret_key_is_made_once_and_kept(tmp_path):
    path = tmp_path / "var" / "secret-key"
    key = local_secret_key(path)
    assert len(key) >= 50
    assert local_secret_key(path) == key
    assert local_secret_key(tmp_path / "another") != key


def test_only_its_owner_can_read_the_secret_key(tmp_path):
    path = tmp_path / "secret-key"
    local_secret_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_processes_that_start_together_share_one_key(tmp_path):
    for number in range(20):
        path = tmp_path / str(number)
        with ThreadPoolExecutor(8) as threads:
            keys = set(threads.map(lambda _, path=path: local_secret_key(path), range(8)))
        assert len(keys) == 1
        assert "" not in keys


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "ward.lan"])
def test_a_named_host_is_printed_as_it_is(host):
    assert local_base_url(host, "8010") == f"http://{host}:8010"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "*"])  # noqa: S104
def test_serving_on_all_addresses_prints_the_one_that_phones_reach(monkeypatch, host):
    monkeypatch.setattr(local, "lan_address", lambda: "192.168.1.7")
    assert local_base_url(host, "8000") == "http://192.168.1.7:8000"


def test_the_address_of_this_machine_is_one_that_can_be_reached():
    address = ipaddress.ip_address(lan_address())
    assert not address.is_unspecified
    assert not address.is_multicast
