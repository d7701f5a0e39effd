WITH events AS (
  SELECT * EXCEPT (score, legacy_id) FROM `acme-data.analytics.user_activity_v1`
)
SELECT user_id, country, app_version
FROM events
WHERE event_type = 'click' AND duration_ms BETWEEN 100 AND 5000
