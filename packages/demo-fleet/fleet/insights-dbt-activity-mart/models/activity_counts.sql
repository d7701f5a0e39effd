select
    country as market,
    count(*) as events,
    countif(event_type = 'purchase') as purchases
from {{ source('raw', 'user_activity_v1') }}
where activity_date >= '2024-01-01'
group by market
