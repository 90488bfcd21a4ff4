"""一样的活分给几个进程，一个核一个：子进程由现在的进程分出去，读好的数据不用再读、不用传。"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
FEW = 400  # 比这少的，分出去不比自己做快
MOST = 4  # 再多，收结果的这个进程来不及；有的平台上看得见几十个核，只给用一两个


def spread(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """照 items 的先后给出 work 的结果。work 只算，不写文件；它的结果要能传回来。"""
    count = _cores() if len(items) >= FEW else 1
    if count == 1:
        yield from map(work, items)
        return
    context = multiprocessing.get_context("fork")
    readers: list[Connection] = []
    for number in range(count):
        reader, writer = context.Pipe(duplex=False)
        readers.append(reader)
        context.Process(target=_share, args=(work, items[number::count], writer, readers), daemon=True).start()
        writer.close()
    try:
        for number, item in enumerate(items):
            try:
                result, error = readers[number % count].recv()
            except EOFError:  # 那个进程没有了（内存不够时系统会停掉它）：自己做
                result, error = work(item), None
            if error:
                raise error
            yield result
    finally:  # 不再要了，子进程写不出去，就停下
        for reader in readers:
            reader.close()


def _cores() -> int:
    """能分给几个进程。别的系统上分出去不稳当；有别的线程时，锁会留在子进程里。"""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def _share(work: Callable[[T], R], items: Sequence[T], writer: Connection, readers: Sequence[Connection]) -> None:
    """子进程做的一份。原来的进程停了、不要了，写不出去，就停下。"""
    gc.freeze()  # 回收时不翻分来的数据，共用的内存就不用各抄一份
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # 按 Ctrl+C，由原来的进程说话
    for reader in readers:
        reader.close()
    with suppress(BrokenPipeError):
        for item in items:
            answer: tuple[R | None, Exception | None]
            try:
                answer = work(item), None
            except Exception as error:  # 什么错都交回去
                answer = None, error
            writer.send(answer)
