WITH first_day AS (
  SELECT user_id, MIN(activity_date) AS cohort_date
  FROM `acme-data.analytics.user_activity_v1`
  GROUP BY user_id
)
SELECT
  f.cohort_date,
  DATE_DIFF(a.activity_date, f.cohort_date, DAY) AS day_number,
  COUNT(DISTINCT a.user_id) AS users
FROM first_day AS f
INNER JOIN `acme-data.analytics.user_activity_v1` AS a ON a.user_id = f.user_id
WHERE a.country = 'DE' OR a.event_type = 'click'
GROUP BY f.cohort_date, day_number
