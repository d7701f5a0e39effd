SELECT legacy_id, activity_id, revenue_cents
FROM `acme-data.analytics.user_activity_v1`
WHERE event_type = 'purchase'
