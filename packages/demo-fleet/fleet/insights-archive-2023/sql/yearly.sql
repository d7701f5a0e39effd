SELECT EXTRACT(YEAR FROM activity_ts) AS year, COUNT(*) AS events
FROM `acme-data.analytics.user_activity_v1`
GROUP BY year
