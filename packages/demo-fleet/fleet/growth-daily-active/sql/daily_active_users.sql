-- Daily active users per country.
SELECT
  activity_date,
  country,
  COUNT(DISTINCT user_id) AS active_users,
  SUM(duration_ms) AS total_duration_ms
FROM `acme-data.analytics.user_activity_v1`
WHERE event_type IN ('page_view', 'click')
GROUP BY activity_date, country
ORDER BY activity_date, country
