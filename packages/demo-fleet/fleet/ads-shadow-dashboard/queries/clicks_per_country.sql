SELECT country, COUNT(*) AS clicks
FROM `acme-data.analytics.user_activity_v1`
WHERE event_type = 'click'
GROUP BY country
