-- Slow events by hour	(times are UTC)
SELECT
    EXTRACT(HOUR FROM activity_ts)   AS hour_of_day,   -- 0 to 23
    app_version                      AS build,
    COUNT(*)                         AS slow_events,
    MAX(duration_ms)                 AS worst_ms
FROM `acme-data.analytics.user_activity_v1`
WHERE duration_ms > 2000             /* two seconds */
GROUP BY hour_of_day, build
ORDER BY worst_ms DESC, hour_of_day, build
