"""The day: asked for in one place, by commands."""

import os
from datetime import UTC, date, datetime

from hejagen.errors import WrongUsage
from hejagen.messages import say


def today() -> date:
    """Return today's date where this computer is, or that of SOURCE_DATE_EPOCH if it is set, to repeat a build.

    Only commands ask, once each; everything below gets the day as a value. SOURCE_DATE_EPOCH holds seconds since 1970,
    and gives the date in UTC (https://reproducible-builds.org/specs/source-date-epoch/). Raises WrongUsage when it
    holds anything else.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        message = say('SOURCE_DATE_EPOCH is "{epoch}", and not seconds since 1970.', epoch=epoch)
        raise WrongUsage(message, say("Write a number such as 1795737600, or unset it.")) from None
