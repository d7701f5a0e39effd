SELECT
  s.session_id,
  s.device,
  COUNT(a.activity_id) AS events,
  MAX(a.activity_ts) AS last_activity
FROM `acme-data.web.sessions` AS s
LEFT OUTER JOIN `acme-data.analytics.user_activity_v1` AS a ON a.session_id = s.session_id
GROUP BY s.session_id, s.device
HAVING COUNT(a.activity_id) < 3
