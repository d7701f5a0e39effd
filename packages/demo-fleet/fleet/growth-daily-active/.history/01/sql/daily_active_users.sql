SELECT activity_date, COUNT(DISTINCT user_id) AS active_users
FROM `acme-data.analytics.user_activity_v1`
GROUP BY activity_date
