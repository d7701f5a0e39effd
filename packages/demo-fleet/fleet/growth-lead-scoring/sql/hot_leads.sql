SELECT user_id, MAX(score) AS best_score
FROM `acme-data.analytics.user_activity_v1`
WHERE event_type = 'page_view'
  AND score > 0.8
GROUP BY user_id
