SELECT
  u.plan,
  a.activity_date,
  SUM(a.revenue_cents) AS revenue_cents
FROM `acme-data.analytics.user_activity_v1` a
INNER JOIN `acme-data.crm.users` u ON u.user_id = a.user_id
WHERE a.event_type = 'purchase'
GROUP BY u.plan, a.activity_date
