"""Features of a session for the recommendation model."""
import pandas as pd
import pandas_gbq

TABLE = "acme-data.analytics.user_activity_v1"


def load() -> pd.DataFrame:
    return pandas_gbq.read_gbq(TABLE)


def features(frame: pd.DataFrame) -> pd.DataFrame:
    frame["hour"] = frame["activity_ts"].dt.hour
    return frame.groupby(["session_id", "country"], as_index=False).agg(
        events=("activity_id", "count"),
        duration_ms=("duration_ms", "sum"),
    )
