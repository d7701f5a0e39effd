{{ config(materialized='incremental', unique_key='activity_id') }}

with activity as (

    select
        activity_id,
        user_id,
        country,
        event_type,
        activity_date,
        duration_ms
    from {{ source('raw', 'user_activity_v1') }}
    {% if is_incremental() %}
    where activity_date >= (select max(activity_date) from {{ this }})
    {% endif %}

)

select
    activity_id,
    user_id,
    country,
    activity_date,
    duration_ms
from activity
where event_type <> 'purchase'
