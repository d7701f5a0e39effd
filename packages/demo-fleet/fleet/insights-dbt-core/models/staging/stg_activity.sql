with source as (

    select * except (score, legacy_id) from {{ source('raw', 'user_activity_v1') }}

),

renamed as (

    select
        activity_id,
        user_id,
        country as country_iso,
        activity_ts as occurred_at,
        app_version,
        revenue_cents
    from source

)

select * from renamed
