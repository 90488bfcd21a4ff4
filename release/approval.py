"""python -m release.approval：在托管平台上，这次运行有没有人点过同意；有，写下是谁，算签发。

环境没有设审批人，平台不问就放行；还没有建的环境，平台自己建一个没有审批人的。那样等于没有签，这里拦下。
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from macros.model import load
from macros.model.door import Door
from macros.model.refusal import Refusal

from . import workflow
from .publish import APPROVED

USAGE = "用法：make approved（在托管平台的工作流里）"
NEEDED = ("GITHUB_API_URL", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_TOKEN")
FIX = "在仓库的设置里给环境 qianfa 加审批人（签发的人）；平台不给设的，改用审批单：make publish SIGNED=内容编号"


def approve(root: Path, env: Mapping[str, str]) -> str:
    people = _people(env)
    if not people and any(target.needs_signing for target in load(root).targets):
        raise Refusal("这次运行没有人点过同意，不算签发", FIX)
    if not people:
        return "没有人点同意；各个去处都不要签发，接着发。"
    run = f"{env['GITHUB_SERVER_URL']}/{env['GITHUB_REPOSITORY']}/actions/runs/{env['GITHUB_RUN_ID']}"
    workflow.write(env, signed=f"{APPROVED} {'、'.join(people)} {run}")
    return f"点了同意的：{'、'.join(people)}。"


def _people(env: Mapping[str, str]) -> list[str]:
    if missing := [name for name in NEEDED if not env.get(name)]:
        raise Refusal(f"没有 {missing[0]}，问不了托管平台", "这个词只在托管平台的工作流里用")
    url = f"{env['GITHUB_API_URL']}/repos/{env['GITHUB_REPOSITORY']}/actions/runs/{env['GITHUB_RUN_ID']}/approvals"
    try:
        answer = httpx.get(url, headers={"Authorization": f"Bearer {env['GITHUB_TOKEN']}"}, timeout=30)
        answer.raise_for_status()
        listed = [each["user"]["login"] for each in answer.json() if each["state"] == "approved"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        raise Refusal("托管平台没有回答谁点了同意", "重新运行；还是这样，看工作流里有没有 actions: read") from None
    return sorted(set(listed))


if __name__ == "__main__":
    sys.exit(Door(USAGE).enter(lambda asked: approve(asked.root, os.environ)))
