SELECT app_version, COUNT(*) AS events
FROM `acme-data.analytics.user_activity_v1`
GROUP BY app_version
