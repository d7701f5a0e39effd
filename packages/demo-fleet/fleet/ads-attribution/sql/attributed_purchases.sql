-- platform is the users' own; country exists on both sides.
SELECT
  u.country AS home_country,
  a.country AS seen_country,
  platform,
  COUNT(*) AS purchases,
  SUM(a.revenue_cents) AS revenue_cents
FROM `acme-data.analytics.user_activity_v1` AS a
JOIN `acme-data.crm.users` AS u ON u.user_id = a.user_id
WHERE a.event_type = 'purchase' OR a.revenue_cents > 0
GROUP BY home_country, seen_country, platform
