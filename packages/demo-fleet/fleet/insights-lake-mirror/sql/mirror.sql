SELECT *
FROM `acme-data.analytics.user_activity_v1`
