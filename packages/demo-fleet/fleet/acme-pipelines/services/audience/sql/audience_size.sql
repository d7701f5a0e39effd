SELECT country, COUNT(DISTINCT user_id) AS users
FROM `acme-data.analytics.user_activity_v1`
WHERE event_type = 'page_view'
GROUP BY country
