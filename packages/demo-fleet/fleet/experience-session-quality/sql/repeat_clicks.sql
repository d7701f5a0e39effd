-- Two clicks of one session on the same day from different countries.
SELECT
  a.session_id,
  a.country AS first_country,
  b.country AS second_country,
  a.duration_ms + b.duration_ms AS duration_ms
FROM `acme-data.analytics.user_activity_v1` AS a
JOIN `acme-data.analytics.user_activity_v1` AS b
  ON a.session_id = b.session_id
  AND a.activity_date = b.activity_date
  AND a.activity_id < b.activity_id
WHERE a.country <> b.country
