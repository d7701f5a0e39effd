SELECT
  user_id,
  country,
  ROUND(AVG(score), 2) AS bid_weight
FROM `acme-data.analytics.user_activity_v1`
GROUP BY user_id, country
