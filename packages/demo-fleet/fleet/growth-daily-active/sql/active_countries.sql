SELECT country AS market, COUNT(*) AS events
FROM `acme-data.analytics.user_activity_v1`
WHERE country IS NOT NULL
GROUP BY market
HAVING COUNT(*) > 1
ORDER BY market
