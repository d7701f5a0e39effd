SELECT
  event_type,
  COUNT(*) AS events,
  COUNTIF(revenue_cents > 0) AS paid_events
FROM `acme-data.analytics.user_activity_v1`
GROUP BY 1
ORDER BY 1
