SELECT u.user_id, u.signup_date
FROM `acme-data.crm.users` u
LEFT JOIN `acme-data.analytics.user_activity_v1` a ON a.user_id = u.user_id
WHERE a.activity_id IS NULL
