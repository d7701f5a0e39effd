-- Users without a purchase stay in the report with NULLs.
SELECT
  u.user_id,
  u.plan,
  a.country AS purchase_country,
  a.app_version,
  a.revenue_cents
FROM `acme-data.crm.users` AS u
LEFT JOIN `acme-data.analytics.user_activity_v1` AS a
  ON a.user_id = u.user_id
  AND a.event_type = 'purchase'
