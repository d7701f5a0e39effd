SELECT _TABLE_SUFFIX AS version, COUNT(*) AS row_count
FROM `acme-data.analytics.user_activity_*`
WHERE _TABLE_SUFFIX IN ('v1', 'v0')
GROUP BY version
