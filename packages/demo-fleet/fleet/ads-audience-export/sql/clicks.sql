SELECT * EXCEPT (legacy_id, score, session_id)
FROM `acme-data.analytics.user_activity_v1`
WHERE event_type = 'click'
