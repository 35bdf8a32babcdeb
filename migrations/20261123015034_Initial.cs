using PracticeApp.Platform;
using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PracticeApp.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gist", ",,");

            migrationBuilder.CreateTable(
                name: "attempt_counters",
                columns: table => new
                {
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    window_start = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attempt_counters", x => new { x.subject, x.window_start });
                });

            migrationBuilder.CreateTable(
                name: "installation_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installation_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "practices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    tagline = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    sender_name = table.Column<string>(type: "text", nullable: false),
                    wordings_changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    billing = table.Column<string>(type: "jsonb", nullable: false),
                    policy = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_practices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    act = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true),
                    why = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_audit_entries_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_audit_seals_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "booking_rules",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_hours = table.Column<int>(type: "integer", nullable: false),
                    horizon_days = table.Column<int>(type: "integer", nullable: false),
                    grid = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    max_per_day = table.Column<int>(type: "integer", nullable: true),
                    max_per_week = table.Column<int>(type: "integer", nullable: true),
                    max_in_row = table.Column<int>(type: "integer", nullable: true),
                    pause_minutes = table.Column<int>(type: "integer", nullable: false),
                    day_is_hard = table.Column<bool>(type: "boolean", nullable: false),
                    week_is_hard = table.Column<bool>(type: "boolean", nullable: false),
                    row_is_hard = table.Column<bool>(type: "boolean", nullable: false),
                    max_open_per_client = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_booking_rules", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_booking_rules_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    names = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_calendar_feeds_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "closed_days",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_days", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_closed_days_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "data_keys",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    practice_key_version = table.Column<int>(type: "integer", nullable: false),
                    key_version = table.Column<int>(type: "integer", nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    destroyed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_keys", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_data_keys_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "document_counters",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_counters", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_document_counters_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "freed_times",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    check_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freed_times", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_freed_times_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice_wordings",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    failed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_wordings", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_notice_wordings_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "practice_keys",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_version = table.Column<int>(type: "integer", nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_practice_keys", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_practice_keys_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "psychologist_profiles",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    about = table.Column<string>(type: "text", nullable: false),
                    languages = table.Column<string[]>(type: "text[]", nullable: false),
                    theme_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    limits = table.Column<string>(type: "text", nullable: false),
                    takes_new_clients = table.Column<bool>(type: "boolean", nullable: false),
                    join_url = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_psychologist_profiles", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_psychologist_profiles_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "referral_contacts",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    field = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    theme_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    phone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    website = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    notes = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    retired_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_referral_contacts", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_referral_contacts_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rooms",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    closed_days = table.Column<DateOnly[]>(type: "date[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rooms", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_rooms_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rota_shifts",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    until = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rota_shifts", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_rota_shifts_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "session_kinds",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    form = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    buffer_minutes = table.Column<int>(type: "integer", nullable: false),
                    price = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    in_person = table.Column<bool>(type: "boolean", nullable: false),
                    online = table.Column<bool>(type: "boolean", nullable: false),
                    needs_agreement = table.Column<bool>(type: "boolean", nullable: false),
                    needs_prepayment = table.Column<bool>(type: "boolean", nullable: false),
                    who_may_book = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    name = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_kinds", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_session_kinds_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "talk_questions",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    form = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    required = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    retired_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    choices = table.Column<string>(type: "jsonb", nullable: false),
                    text = table.Column<string>(type: "jsonb", nullable: false),
                    why = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_talk_questions", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_talk_questions_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "template_series",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    chosen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    retired_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template_series", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_template_series_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "themes",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    retired_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_themes", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_themes_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memberships", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_memberships_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_memberships_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "password_resets",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_password_resets", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_password_resets_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_password_resets_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_ins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    practice_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true),
                    browser = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_ins", x => x.id);
                    table.ForeignKey(
                        name: "fk_sign_ins_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claims_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_logins_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_user_passkeys_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "clients",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    called_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    normalized_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_turned = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_called = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    phone_from_end = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    no_reminders = table.Column<bool>(type: "boolean", nullable: false),
                    mail_fails_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    text_fails_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    text_stopped_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    text_word_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    born_on = table.Column<DateOnly>(type: "date", nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    contact = table.Column<string>(type: "jsonb", nullable: false),
                    reminders = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clients", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_clients_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_clients_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "engagements",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    for_whom = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_engagements", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_engagements_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_engagements_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hours_exceptions",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    first = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<DateOnly>(type: "date", nullable: false),
                    from = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    to = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    room_id = table.Column<Guid>(type: "uuid", nullable: true),
                    note = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hours_exceptions", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_hours_exceptions_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hours_exceptions_rooms_practice_id_room_id",
                        columns: x => new { x.practice_id, x.room_id },
                        principalTable: "rooms",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "room_hours",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    room_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    to = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_hours", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_room_hours_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_room_hours_rooms_practice_id_room_id",
                        columns: x => new { x.practice_id, x.room_id },
                        principalTable: "rooms",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "talk_holds",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    room_id = table.Column<Guid>(type: "uuid", nullable: true),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    held_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    held_from = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_talk_holds", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_talk_holds_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_holds_rooms_practice_id_room_id",
                        columns: x => new { x.practice_id, x.room_id },
                        principalTable: "rooms",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "working_hours",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    to = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    is_break = table.Column<bool>(type: "boolean", nullable: false),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    room_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_working_hours", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_working_hours_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_working_hours_rooms_practice_id_room_id",
                        columns: x => new { x.practice_id, x.room_id },
                        principalTable: "rooms",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_templates",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    texts = table.Column<string>(type: "jsonb", nullable: false),
                    terms_json = table.Column<string>(type: "jsonb", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    published_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_templates", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreement_templates_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_templates_template_series_practice_id_series_id",
                        columns: x => new { x.practice_id, x.series_id },
                        principalTable: "template_series",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "enquiries",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    door = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    called_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answer_due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    taken_by = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false),
                    consent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    for_whom = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    contact = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enquiries", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_enquiries_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enquiries_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enquiries_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    accepted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_invitations_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invitations_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payment_plans",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    total = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    agreed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    agreed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment_plans", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_payment_plans_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_plans_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    paid_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false),
                    takes_back = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payments", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_payments_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payments_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "unpaid_reminders",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    sent = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    look_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unpaid_reminders", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_unpaid_reminders_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unpaid_reminders_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "waitlist_wishes",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    times = table.Column<int>(type: "integer", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    notice_hours = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_why = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_waitlist_wishes", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_waitlist_wishes_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_waitlist_wishes_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "access_grants",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    given_by = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_grants", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_access_grants_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_access_grants_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appointment_series",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    every_weeks = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointment_series", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_appointment_series_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointment_series_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "client_requests",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    theme_id = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<byte[]>(type: "bytea", nullable: true),
                    professional_wording = table.Column<byte[]>(type: "bytea", nullable: true),
                    how_noticed = table.Column<byte[]>(type: "bytea", nullable: true),
                    first_step = table.Column<byte[]>(type: "bytea", nullable: true),
                    by_when = table.Column<DateOnly>(type: "date", nullable: true),
                    levels = table.Column<byte[]>(type: "bytea", nullable: true),
                    result = table.Column<byte[]>(type: "bytea", nullable: true),
                    result_level = table.Column<int>(type: "integer", nullable: true),
                    asked = table.Column<string[]>(type: "text[]", nullable: false),
                    offers = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    accepted_by_client_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    accepted_by_psychologist_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    accepted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    doubted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    left_aside_by_client_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    left_aside_by_client_why = table.Column<byte[]>(type: "bytea", nullable: true),
                    left_aside_by_psychologist_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    left_aside_by_psychologist_why = table.Column<byte[]>(type: "bytea", nullable: true),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    follows_id = table.Column<Guid>(type: "uuid", nullable: true),
                    can_do = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    ease = table.Column<int>(type: "integer", nullable: true),
                    soon = table.Column<int>(type: "integer", nullable: true),
                    chosen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_requests", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_client_requests_client_requests_practice_id_follows_id",
                        columns: x => new { x.practice_id, x.follows_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_requests_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_requests_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_requests_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_requests_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_requests_themes_practice_id_theme_id",
                        columns: x => new { x.practice_id, x.theme_id },
                        principalTable: "themes",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "client_words",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    use = table.Column<byte[]>(type: "bytea", nullable: false),
                    avoid = table.Column<byte[]>(type: "bytea", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_words", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_client_words_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_words_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_words_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_client_words_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "endings",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    notice_waived = table.Column<bool>(type: "boolean", nullable: false),
                    closing_offered = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    worked_on = table.Column<byte[]>(type: "bytea", nullable: false),
                    referrals = table.Column<byte[]>(type: "bytea", nullable: false),
                    contact_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    called_off_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_endings", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_endings_clients_practice_id_by_client_id",
                        columns: x => new { x.practice_id, x.by_client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_endings_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_endings_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_endings_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "engagement_parties",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    relation = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_engagement_parties", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_engagement_parties_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_engagement_parties_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_engagement_parties_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "goal_invitations",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<byte[]>(type: "bytea", nullable: true),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_goal_invitations", x => new { x.practice_id, x.id });
                    table.CheckConstraint("one_to_three_goals", "count between 1 and 3");
                    table.ForeignKey(
                        name: "fk_goal_invitations_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_goal_invitations_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_goal_invitations_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_goal_invitations_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "groups",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_groups", x => new { x.practice_id, x.id });
                    table.CheckConstraint("groups_have_seats", "seats between 2 and 40");
                    table.ForeignKey(
                        name: "fk_groups_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_groups_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_groups_session_kinds_practice_id_kind_id",
                        columns: x => new { x.practice_id, x.kind_id },
                        principalTable: "session_kinds",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hearings",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    saved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hearings", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_hearings_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hearings_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_hearings_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "lifted_steps",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    lifted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    lifted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lifted_steps", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_lifted_steps_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_lifted_steps_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_lifted_steps_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreements",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    terms_json = table.Column<string>(type: "jsonb", nullable: false),
                    words = table.Column<byte[]>(type: "bytea", nullable: false),
                    document = table.Column<byte[]>(type: "bytea", nullable: false),
                    document_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    viewed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    signed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    in_force_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    follow_ups = table.Column<int>(type: "integer", nullable: false),
                    next_follow_up_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreements", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreements_agreement_templates_practice_id_template_id",
                        columns: x => new { x.practice_id, x.template_id },
                        principalTable: "agreement_templates",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreements_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreements_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreements_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "complaints",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    written_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    written_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    about = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    strength = table.Column<int>(type: "integer", nullable: true),
                    how_often = table.Column<byte[]>(type: "bytea", nullable: true),
                    cost = table.Column<byte[]>(type: "bytea", nullable: true),
                    frequency = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    toll = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaints", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_complaints_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaints_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaints_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaints_enquiries_practice_id_enquiry_id",
                        columns: x => new { x.practice_id, x.enquiry_id },
                        principalTable: "enquiries",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaints_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "enquiry_acts",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    whom = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enquiry_acts", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_enquiry_acts_enquiries_practice_id_enquiry_id",
                        columns: x => new { x.practice_id, x.enquiry_id },
                        principalTable: "enquiries",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enquiry_acts_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "enquiry_letters",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    referral_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    written_by = table.Column<Guid>(type: "uuid", nullable: false),
                    written_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enquiry_letters", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_enquiry_letters_enquiries_practice_id_enquiry_id",
                        columns: x => new { x.practice_id, x.enquiry_id },
                        principalTable: "enquiries",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enquiry_letters_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_enquiry_letters_referral_contacts_practice_id_referral_cont~",
                        columns: x => new { x.practice_id, x.referral_contact_id },
                        principalTable: "referral_contacts",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "safety_flags",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    danger = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    raised_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    acknowledged_by = table.Column<Guid>(type: "uuid", nullable: true),
                    acknowledged_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_safety_flags", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_safety_flags_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_safety_flags_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_safety_flags_enquiries_practice_id_enquiry_id",
                        columns: x => new { x.practice_id, x.enquiry_id },
                        principalTable: "enquiries",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_safety_flags_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "plan_parts",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_parts", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_plan_parts_payment_plans_practice_id_plan_id",
                        columns: x => new { x.practice_id, x.plan_id },
                        principalTable: "payment_plans",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_plan_parts_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "card_attempts",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_card_attempts", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_card_attempts_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_card_attempts_payments_practice_id_payment_id",
                        columns: x => new { x.practice_id, x.payment_id },
                        principalTable: "payments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_card_attempts_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "issued_documents",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    serial = table.Column<int>(type: "integer", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    corrects_id = table.Column<Guid>(type: "uuid", nullable: true),
                    payment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    issued_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    issued_by = table.Column<Guid>(type: "uuid", nullable: false),
                    total = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    content_json = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_issued_documents", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_issued_documents_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_issued_documents_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_issued_documents_issued_documents_practice_id_corrects_id",
                        columns: x => new { x.practice_id, x.corrects_id },
                        principalTable: "issued_documents",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_issued_documents_payments_practice_id_payment_id",
                        columns: x => new { x.practice_id, x.payment_id },
                        principalTable: "payments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_issued_documents_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "competence_answers",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    theme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    choice = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    words = table.Column<byte[]>(type: "bytea", nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_competence_answers", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_competence_answers_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_competence_answers_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_competence_answers_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_competence_answers_themes_practice_id_theme_id",
                        columns: x => new { x.practice_id, x.theme_id },
                        principalTable: "themes",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "formulations",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    worded_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    written_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_formulations", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_formulations_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formulations_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formulations_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "referrals",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    letter = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    shared = table.Column<bool>(type: "boolean", nullable: false),
                    consent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    consent_noted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_referrals", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_referrals_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_referral_contacts_practice_id_contact_id",
                        columns: x => new { x.practice_id, x.contact_id },
                        principalTable: "referral_contacts",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "request_acceptances",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    formulation_number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_acceptances", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_request_acceptances_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_acceptances_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_acceptances_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_acceptances_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "request_changes",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    to = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_changes", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_request_changes_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_changes_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_changes_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "request_steps",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    what = table.Column<byte[]>(type: "bytea", nullable: true),
                    by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    happened = table.Column<byte[]>(type: "bytea", nullable: true),
                    done_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_steps", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_request_steps_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_steps_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_request_steps_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "work_reviews",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    choice = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by_client = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_reviews", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_work_reviews_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_work_reviews_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_work_reviews_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ending_parties",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ending_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    closing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    letter = table.Column<byte[]>(type: "bytea", nullable: false),
                    letter_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ending_parties", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_ending_parties_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ending_parties_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ending_parties_endings_practice_id_ending_id",
                        columns: x => new { x.practice_id, x.ending_id },
                        principalTable: "endings",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_ending_parties_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "group_members",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    left_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_members", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_group_members_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_group_members_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_group_members_groups_practice_id_group_id",
                        columns: x => new { x.practice_id, x.group_id },
                        principalTable: "groups",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_group_members_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_acts",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_acts", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreement_acts_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_acts_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_acts_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_acts_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_acts_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_parties",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    signed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_parties", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreement_parties_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agreement_parties_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_parties_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_questions",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clause = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_questions", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreement_questions_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_questions_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_questions_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_questions_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_questions_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appointments",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind_id = table.Column<Guid>(type: "uuid", nullable: false),
                    room_id = table.Column<Guid>(type: "uuid", nullable: true),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    buffer_minutes = table.Column<int>(type: "integer", nullable: false),
                    original_starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hold_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    final_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changes = table.Column<int>(type: "integer", nullable: false),
                    last_act_client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    booked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    cancelled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    cancelled_by = table.Column<Guid>(type: "uuid", nullable: true),
                    cancelled_by_client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cancel_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    moves = table.Column<int>(type: "integer", nullable: false),
                    price = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    prepayment_amount = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: true),
                    prepayment_due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    prepayment_clause = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    prepayment_releases = table.Column<bool>(type: "boolean", nullable: false),
                    released_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    nothing_follows = table.Column<bool>(type: "boolean", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    on_minimal_terms = table.Column<bool>(type: "boolean", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    group_id = table.Column<Guid>(type: "uuid", nullable: true),
                    seats = table.Column<int>(type: "integer", nullable: true),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: true),
                    seat = table.Column<int>(type: "integer", nullable: true),
                    join_room = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointments", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_appointments_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_appointment_series_practice_id_series_id",
                        columns: x => new { x.practice_id, x.series_id },
                        principalTable: "appointment_series",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_appointments_practice_id_meeting_id",
                        columns: x => new { x.practice_id, x.meeting_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_clients_practice_id_cancelled_by_client_id",
                        columns: x => new { x.practice_id, x.cancelled_by_client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_groups_practice_id_group_id",
                        columns: x => new { x.practice_id, x.group_id },
                        principalTable: "groups",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_rooms_practice_id_room_id",
                        columns: x => new { x.practice_id, x.room_id },
                        principalTable: "rooms",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointments_session_kinds_practice_id_kind_id",
                        columns: x => new { x.practice_id, x.kind_id },
                        principalTable: "session_kinds",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "paper_scans",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    length = table.Column<int>(type: "integer", nullable: false),
                    media_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    signed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_scans", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_paper_scans_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_paper_scans_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_paper_scans_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_paper_scans_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sealed_documents",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    length = table.Column<int>(type: "integer", nullable: false),
                    sealed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sealed_documents", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_sealed_documents_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sealed_documents_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sealed_documents_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sealed_documents_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "complaint_shares",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    shared_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    taken_back_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaint_shares", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_complaint_shares_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_shares_complaints_practice_id_complaint_id",
                        columns: x => new { x.practice_id, x.complaint_id },
                        principalTable: "complaints",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_shares_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_complaint_shares_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "flag_tellings",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    flag_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    told_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flag_tellings", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_flag_tellings_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_flag_tellings_safety_flags_practice_id_flag_id",
                        columns: x => new { x.practice_id, x.flag_id },
                        principalTable: "safety_flags",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "card_events",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    amount = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    refused = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_card_events", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_card_events_card_attempts_practice_id_attempt_id",
                        columns: x => new { x.practice_id, x.attempt_id },
                        principalTable: "card_attempts",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_card_events_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "formulation_reviews",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    formulation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    language = table.Column<string>(type: "text", nullable: true),
                    criteria = table.Column<string>(type: "jsonb", nullable: false),
                    question_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_formulation_reviews", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_formulation_reviews_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formulation_reviews_formulations_practice_id_formulation_id",
                        columns: x => new { x.practice_id, x.formulation_id },
                        principalTable: "formulations",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_formulation_reviews_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appointment_moves",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    to_starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    from_place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    excused_because = table.Column<string>(type: "text", nullable: true),
                    assessed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointment_moves", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_appointment_moves_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointment_moves_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointment_moves_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appointment_participants",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdraw_reason = table.Column<string>(type: "text", nullable: true),
                    attendance = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    late_minutes = table.Column<int>(type: "integer", nullable: true),
                    psychologist_late_minutes = table.Column<int>(type: "integer", nullable: true),
                    excused_because = table.Column<string>(type: "text", nullable: true),
                    awaiting_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ask_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    asked = table.Column<int>(type: "integer", nullable: false),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    settled_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointment_participants", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_appointment_participants_appointments_practice_id_appointme~",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_appointment_participants_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_appointment_participants_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    about = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clause = table.Column<int>(type: "integer", nullable: true),
                    promise = table.Column<int>(type: "integer", nullable: true),
                    happened_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    breach = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    late_minutes = table.Column<int>(type: "integer", nullable: true),
                    behaviour = table.Column<byte[]>(type: "bytea", nullable: false),
                    followed = table.Column<byte[]>(type: "bytea", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false),
                    credited_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdrawn_why = table.Column<byte[]>(type: "bytea", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incidents", x => new { x.practice_id, x.id });
                    table.CheckConstraint("clause_or_promise", "(clause is null) <> (promise is null)");
                    table.ForeignKey(
                        name: "fk_incidents_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incidents_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incidents_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incidents_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incidents_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incidents_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    offset_minutes = table.Column<int>(type: "integer", nullable: false),
                    appointment_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    claimed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    bounced = table.Column<bool>(type: "boolean", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_notices_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_notices_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_notices_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "occupancies",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    resource_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_occupancies", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_occupancies_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_occupancies_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "process_notes",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    saved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_process_notes", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_process_notes_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_process_notes_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_process_notes_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_process_notes_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "progress_ratings",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    level = table.Column<int>(type: "integer", nullable: false),
                    rated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    rated_by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_progress_ratings", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_progress_ratings_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_progress_ratings_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_progress_ratings_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_progress_ratings_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "protocols",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    saved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    signed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protocols", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_protocols_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_protocols_client_requests_practice_id_request_id",
                        columns: x => new { x.practice_id, x.request_id },
                        principalTable: "client_requests",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_protocols_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_protocols_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_protocols_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reminder_rewrites",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder_rewrites", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_reminder_rewrites_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_reminder_rewrites_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "slot_offers",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    wish_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    psychologist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    seat = table.Column<int>(type: "integer", nullable: true),
                    offered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slot_offers", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_slot_offers_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_slot_offers_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_slot_offers_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_slot_offers_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_slot_offers_waitlist_wishes_practice_id_wish_id",
                        columns: x => new { x.practice_id, x.wish_id },
                        principalTable: "waitlist_wishes",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "talk_answers",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_talk_answers", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_talk_answers_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_answers_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_answers_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_answers_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_answers_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "talk_wishes",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hold_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind_id = table.Column<Guid>(type: "uuid", nullable: false),
                    called_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    wishes_portal = table.Column<bool>(type: "boolean", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<byte[]>(type: "bytea", nullable: true),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false),
                    consent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    for_whom = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    contact = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_talk_wishes", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_talk_wishes_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_wishes_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_wishes_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_wishes_enquiries_practice_id_enquiry_id",
                        columns: x => new { x.practice_id, x.enquiry_id },
                        principalTable: "enquiries",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_wishes_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_wishes_session_kinds_practice_id_kind_id",
                        columns: x => new { x.practice_id, x.kind_id },
                        principalTable: "session_kinds",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_talk_wishes_talk_holds_practice_id_hold_id",
                        columns: x => new { x.practice_id, x.hold_id },
                        principalTable: "talk_holds",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "assessed_events",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    move_id = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    appointment_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    clause = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    assessment_json = table.Column<string>(type: "jsonb", nullable: false),
                    assessed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    is_held_back = table.Column<bool>(type: "boolean", nullable: false),
                    words = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assessed_events", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_assessed_events_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_assessed_events_appointment_moves_practice_id_move_id",
                        columns: x => new { x.practice_id, x.move_id },
                        principalTable: "appointment_moves",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_assessed_events_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_assessed_events_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_assessed_events_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_assessed_events_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "incident_answers",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_answers", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_incident_answers_incidents_practice_id_incident_id",
                        columns: x => new { x.practice_id, x.incident_id },
                        principalTable: "incidents",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_incident_answers_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "addenda",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    protocol_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    signed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_addenda", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_addenda_data_keys_practice_id_key_id",
                        columns: x => new { x.practice_id, x.key_id },
                        principalTable: "data_keys",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_addenda_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_addenda_protocols_practice_id_protocol_id",
                        columns: x => new { x.practice_id, x.protocol_id },
                        principalTable: "protocols",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "charges",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    event_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    amount = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    clause = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    assessment_json = table.Column<string>(type: "jsonb", nullable: true),
                    proposed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    stands_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    package_id = table.Column<Guid>(type: "uuid", nullable: true),
                    package_number = table.Column<int>(type: "integer", nullable: true),
                    extra_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    extra_amount = table.Column<int>(type: "integer", nullable: true),
                    done_on = table.Column<DateOnly>(type: "date", nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: true),
                    waived_because = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_charges", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_charges_agreements_practice_id_agreement_id",
                        columns: x => new { x.practice_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_charges_appointments_practice_id_appointment_id",
                        columns: x => new { x.practice_id, x.appointment_id },
                        principalTable: "appointments",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_charges_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_charges_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_charges_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoiced_charges",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    charge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoiced_charges", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_invoiced_charges_charges_practice_id_charge_id",
                        columns: x => new { x.practice_id, x.charge_id },
                        principalTable: "charges",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invoiced_charges_issued_documents_practice_id_document_id",
                        columns: x => new { x.practice_id, x.document_id },
                        principalTable: "issued_documents",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invoiced_charges_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "packages",
                columns: table => new
                {
                    practice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    engagement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sessions = table.Column<int>(type: "integer", nullable: false),
                    price = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    charge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sold_by = table.Column<Guid>(type: "uuid", nullable: false),
                    sold_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    given_back = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: true),
                    form_token = table.Column<Guid>(type: "uuid", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_packages", x => new { x.practice_id, x.id });
                    table.ForeignKey(
                        name: "fk_packages_charges_practice_id_charge_id",
                        columns: x => new { x.practice_id, x.charge_id },
                        principalTable: "charges",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_packages_clients_practice_id_client_id",
                        columns: x => new { x.practice_id, x.client_id },
                        principalTable: "clients",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_packages_engagements_practice_id_engagement_id",
                        columns: x => new { x.practice_id, x.engagement_id },
                        principalTable: "engagements",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_packages_practices_practice_id",
                        column: x => x.practice_id,
                        principalTable: "practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_packages_session_kinds_practice_id_kind_id",
                        columns: x => new { x.practice_id, x.kind_id },
                        principalTable: "session_kinds",
                        principalColumns: new[] { "practice_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_grants_practice_id_engagement_id_user_id",
                table: "access_grants",
                columns: new[] { "practice_id", "engagement_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_addenda_practice_id_form_token",
                table: "addenda",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_addenda_practice_id_key_id",
                table: "addenda",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_addenda_practice_id_protocol_id_signed_at",
                table: "addenda",
                columns: new[] { "practice_id", "protocol_id", "signed_at" });

            migrationBuilder.CreateIndex(
                name: "acts_in_a_row",
                table: "agreement_acts",
                columns: new[] { "practice_id", "agreement_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreement_acts_practice_id_client_id",
                table: "agreement_acts",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_acts_practice_id_engagement_id",
                table: "agreement_acts",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_acts_practice_id_key_id",
                table: "agreement_acts",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "signed_once",
                table: "agreement_acts",
                columns: new[] { "practice_id", "agreement_id", "client_id" },
                unique: true,
                filter: "kind in ('Signed', 'Assented')");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_parties_practice_id_agreement_id_client_id",
                table: "agreement_parties",
                columns: new[] { "practice_id", "agreement_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreement_parties_practice_id_client_id",
                table: "agreement_parties",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_questions_practice_id_agreement_id_clause_at",
                table: "agreement_questions",
                columns: new[] { "practice_id", "agreement_id", "clause", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_questions_practice_id_client_id",
                table: "agreement_questions",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_questions_practice_id_engagement_id",
                table: "agreement_questions",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_questions_practice_id_key_id",
                table: "agreement_questions",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "one_working_copy",
                table: "agreement_templates",
                columns: new[] { "practice_id", "series_id" },
                unique: true,
                filter: "published_at is null");

            migrationBuilder.CreateIndex(
                name: "template_versions",
                table: "agreement_templates",
                columns: new[] { "practice_id", "series_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "agreements_to_expire",
                table: "agreements",
                column: "expires_at",
                filter: "state in ('Sent', 'Viewed')");

            migrationBuilder.CreateIndex(
                name: "agreements_to_follow_up",
                table: "agreements",
                column: "next_follow_up_at",
                filter: "next_follow_up_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_agreements_practice_id_engagement_id_number",
                table: "agreements",
                columns: new[] { "practice_id", "engagement_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreements_practice_id_key_id",
                table: "agreements",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreements_practice_id_psychologist_id_state",
                table: "agreements",
                columns: new[] { "practice_id", "psychologist_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_agreements_practice_id_template_id",
                table: "agreements",
                columns: new[] { "practice_id", "template_id" });

            migrationBuilder.CreateIndex(
                name: "one_agreement_in_force",
                table: "agreements",
                columns: new[] { "practice_id", "engagement_id" },
                unique: true,
                filter: "state = 'InForce'");

            migrationBuilder.CreateIndex(
                name: "ix_appointment_moves_practice_id_appointment_id_at",
                table: "appointment_moves",
                columns: new[] { "practice_id", "appointment_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_appointment_moves_practice_id_client_id",
                table: "appointment_moves",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointment_participants_practice_id_appointment_id_client_~",
                table: "appointment_participants",
                columns: new[] { "practice_id", "appointment_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_appointment_participants_practice_id_client_id",
                table: "appointment_participants",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointment_series_practice_id_engagement_id",
                table: "appointment_series",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_agreement_id",
                table: "appointments",
                columns: new[] { "practice_id", "agreement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_cancelled_by_client_id",
                table: "appointments",
                columns: new[] { "practice_id", "cancelled_by_client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_engagement_id_starts_at",
                table: "appointments",
                columns: new[] { "practice_id", "engagement_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_group_id",
                table: "appointments",
                columns: new[] { "practice_id", "group_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_kind_id",
                table: "appointments",
                columns: new[] { "practice_id", "kind_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_psychologist_id_starts_at",
                table: "appointments",
                columns: new[] { "practice_id", "psychologist_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_room_id",
                table: "appointments",
                columns: new[] { "practice_id", "room_id" });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_practice_id_series_id",
                table: "appointments",
                columns: new[] { "practice_id", "series_id" },
                filter: "series_id is not null");

            migrationBuilder.CreateIndex(
                name: "one_on_minimal_terms",
                table: "appointments",
                columns: new[] { "practice_id", "engagement_id" },
                unique: true,
                filter: "on_minimal_terms and state in ('Held', 'Booked')");

            migrationBuilder.CreateIndex(
                name: "one_to_a_seat",
                table: "appointments",
                columns: new[] { "practice_id", "meeting_id", "seat" },
                unique: true,
                filter: "state = 'Booked' and meeting_id is not null");

            migrationBuilder.CreateIndex(
                name: "assessed_once",
                table: "assessed_events",
                columns: new[] { "practice_id", "appointment_id", "client_id", "move_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_assessed_events_practice_id_agreement_id",
                table: "assessed_events",
                columns: new[] { "practice_id", "agreement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessed_events_practice_id_appointment_at",
                table: "assessed_events",
                columns: new[] { "practice_id", "appointment_at" });

            migrationBuilder.CreateIndex(
                name: "ix_assessed_events_practice_id_client_id",
                table: "assessed_events",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessed_events_practice_id_engagement_id_client_id_at",
                table: "assessed_events",
                columns: new[] { "practice_id", "engagement_id", "client_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_assessed_events_practice_id_move_id",
                table: "assessed_events",
                columns: new[] { "practice_id", "move_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_practice_id_at",
                table: "audit_entries",
                columns: new[] { "practice_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_practice_id_client_id_at",
                table: "audit_entries",
                columns: new[] { "practice_id", "client_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_practice_id_entry_id",
                table: "audit_seals",
                columns: new[] { "practice_id", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_practice_id_number",
                table: "audit_seals",
                columns: new[] { "practice_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_booking_rules_practice_id_psychologist_id",
                table: "booking_rules",
                columns: new[] { "practice_id", "psychologist_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "one_feed_a_person",
                table: "calendar_feeds",
                columns: new[] { "practice_id", "user_id" },
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_card_attempts_practice_id_client_id",
                table: "card_attempts",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_card_attempts_practice_id_form_token",
                table: "card_attempts",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_card_attempts_practice_id_payment_id",
                table: "card_attempts",
                columns: new[] { "practice_id", "payment_id" });

            migrationBuilder.CreateIndex(
                name: "heard_once",
                table: "card_events",
                columns: new[] { "practice_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_card_events_practice_id_attempt_id",
                table: "card_events",
                columns: new[] { "practice_id", "attempt_id" });

            migrationBuilder.CreateIndex(
                name: "charged_once",
                table: "charges",
                columns: new[] { "practice_id", "appointment_id", "client_id", "kind", "event_id" },
                unique: true,
                filter: "appointment_id is not null")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "drawn_once",
                table: "charges",
                columns: new[] { "practice_id", "package_id", "package_number" },
                unique: true,
                filter: "package_id is not null");

            migrationBuilder.CreateIndex(
                name: "entered_once",
                table: "charges",
                columns: new[] { "practice_id", "form_token" },
                unique: true,
                filter: "form_token is not null");

            migrationBuilder.CreateIndex(
                name: "ix_charges_practice_id_agreement_id",
                table: "charges",
                columns: new[] { "practice_id", "agreement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_charges_practice_id_client_id_state",
                table: "charges",
                columns: new[] { "practice_id", "client_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_charges_stands_at",
                table: "charges",
                column: "stands_at",
                filter: "state = 'Proposed' and stands_at is not null");

            migrationBuilder.CreateIndex(
                name: "week_charged_once",
                table: "charges",
                columns: new[] { "practice_id", "engagement_id", "client_id", "done_on" },
                unique: true,
                filter: "extra_key = '+contact' and state <> 'Waived'");

            migrationBuilder.CreateIndex(
                name: "ix_client_requests_practice_id_client_id",
                table: "client_requests",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_client_requests_practice_id_engagement_id_state",
                table: "client_requests",
                columns: new[] { "practice_id", "engagement_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_client_requests_practice_id_follows_id",
                table: "client_requests",
                columns: new[] { "practice_id", "follows_id" });

            migrationBuilder.CreateIndex(
                name: "ix_client_requests_practice_id_key_id",
                table: "client_requests",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_client_requests_practice_id_theme_id",
                table: "client_requests",
                columns: new[] { "practice_id", "theme_id" });

            migrationBuilder.CreateIndex(
                name: "one_chosen_request",
                table: "client_requests",
                columns: new[] { "practice_id", "engagement_id", "client_id" },
                unique: true,
                filter: "chosen_at is not null and closed_at is null")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_client_words_practice_id_client_id",
                table: "client_words",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_client_words_practice_id_engagement_id_client_id",
                table: "client_words",
                columns: new[] { "practice_id", "engagement_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_client_words_practice_id_key_id",
                table: "client_words",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_practice_id_key_id",
                table: "clients",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_practice_id_normalized_called",
                table: "clients",
                columns: new[] { "practice_id", "normalized_called" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_practice_id_normalized_name",
                table: "clients",
                columns: new[] { "practice_id", "normalized_name" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_practice_id_normalized_turned",
                table: "clients",
                columns: new[] { "practice_id", "normalized_turned" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_practice_id_phone_from_end",
                table: "clients",
                columns: new[] { "practice_id", "phone_from_end" });

            migrationBuilder.CreateIndex(
                name: "ix_clients_practice_id_user_id",
                table: "clients",
                columns: new[] { "practice_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_closed_days_practice_id_day",
                table: "closed_days",
                columns: new[] { "practice_id", "day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_competence_answers_practice_id_engagement_id",
                table: "competence_answers",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_competence_answers_practice_id_request_id_at",
                table: "competence_answers",
                columns: new[] { "practice_id", "request_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_competence_answers_practice_id_theme_id",
                table: "competence_answers",
                columns: new[] { "practice_id", "theme_id" });

            migrationBuilder.CreateIndex(
                name: "ix_complaint_shares_practice_id_client_id",
                table: "complaint_shares",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_complaint_shares_practice_id_engagement_id",
                table: "complaint_shares",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "shared_once",
                table: "complaint_shares",
                columns: new[] { "practice_id", "complaint_id" },
                unique: true,
                filter: "taken_back_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_practice_id_client_id",
                table: "complaints",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_complaints_practice_id_engagement_id",
                table: "complaints",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_complaints_practice_id_enquiry_id",
                table: "complaints",
                columns: new[] { "practice_id", "enquiry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_complaints_practice_id_form_token",
                table: "complaints",
                columns: new[] { "practice_id", "form_token" });

            migrationBuilder.CreateIndex(
                name: "ix_complaints_practice_id_key_id",
                table: "complaints",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_document_counters_practice_id_kind_year",
                table: "document_counters",
                columns: new[] { "practice_id", "kind", "year" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ending_parties_practice_id_client_id",
                table: "ending_parties",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_ending_parties_practice_id_ending_id_client_id",
                table: "ending_parties",
                columns: new[] { "practice_id", "ending_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ending_parties_practice_id_key_id",
                table: "ending_parties",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_endings_practice_id_by_client_id",
                table: "endings",
                columns: new[] { "practice_id", "by_client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_endings_practice_id_key_id",
                table: "endings",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "one_draft_of_an_ending",
                table: "endings",
                columns: new[] { "practice_id", "engagement_id", "by_client_id" },
                unique: true,
                filter: "state = 'Draft'")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "one_ending",
                table: "endings",
                columns: new[] { "practice_id", "engagement_id" },
                unique: true,
                filter: "state in ('UnderNotice', 'Ended')");

            migrationBuilder.CreateIndex(
                name: "ix_engagement_parties_practice_id_client_id",
                table: "engagement_parties",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_engagement_parties_practice_id_engagement_id_client_id",
                table: "engagement_parties",
                columns: new[] { "practice_id", "engagement_id", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_engagements_practice_id_key_id",
                table: "engagements",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_engagements_practice_id_psychologist_id_ended_at",
                table: "engagements",
                columns: new[] { "practice_id", "psychologist_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_practice_id_client_id",
                table: "enquiries",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_practice_id_form_token",
                table: "enquiries",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_practice_id_key_id",
                table: "enquiries",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_practice_id_state_received_at",
                table: "enquiries",
                columns: new[] { "practice_id", "state", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiry_acts_practice_id_enquiry_id_at",
                table: "enquiry_acts",
                columns: new[] { "practice_id", "enquiry_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiry_letters_practice_id_enquiry_id",
                table: "enquiry_letters",
                columns: new[] { "practice_id", "enquiry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiry_letters_practice_id_referral_contact_id",
                table: "enquiry_letters",
                columns: new[] { "practice_id", "referral_contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_flag_tellings_practice_id_flag_id_told_at",
                table: "flag_tellings",
                columns: new[] { "practice_id", "flag_id", "told_at" });

            migrationBuilder.CreateIndex(
                name: "ix_formulation_reviews_practice_id_engagement_id",
                table: "formulation_reviews",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_formulation_reviews_practice_id_formulation_id",
                table: "formulation_reviews",
                columns: new[] { "practice_id", "formulation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_formulations_practice_id_engagement_id",
                table: "formulations",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_formulations_practice_id_request_id_number",
                table: "formulations",
                columns: new[] { "practice_id", "request_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_freed_times_practice_id_psychologist_id_check_at",
                table: "freed_times",
                columns: new[] { "practice_id", "psychologist_id", "check_at" });

            migrationBuilder.CreateIndex(
                name: "time_is_freed_once",
                table: "freed_times",
                columns: new[] { "practice_id", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_goal_invitations_practice_id_client_id",
                table: "goal_invitations",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_goal_invitations_practice_id_key_id",
                table: "goal_invitations",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "one_open_goal_invitation",
                table: "goal_invitations",
                columns: new[] { "practice_id", "engagement_id", "client_id" },
                unique: true,
                filter: "answered_at is null and withdrawn_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_group_members_practice_id_client_id",
                table: "group_members",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_group_members_practice_id_engagement_id",
                table: "group_members",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "one_membership_of_a_group",
                table: "group_members",
                columns: new[] { "practice_id", "group_id", "client_id" },
                unique: true,
                filter: "left_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_groups_practice_id_engagement_id",
                table: "groups",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_groups_practice_id_kind_id",
                table: "groups",
                columns: new[] { "practice_id", "kind_id" });

            migrationBuilder.CreateIndex(
                name: "ix_groups_practice_id_psychologist_id",
                table: "groups",
                columns: new[] { "practice_id", "psychologist_id" });

            migrationBuilder.CreateIndex(
                name: "ix_hearings_practice_id_engagement_id_author_id",
                table: "hearings",
                columns: new[] { "practice_id", "engagement_id", "author_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hearings_practice_id_key_id",
                table: "hearings",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_hours_exceptions_practice_id_psychologist_id_last",
                table: "hours_exceptions",
                columns: new[] { "practice_id", "psychologist_id", "last" });

            migrationBuilder.CreateIndex(
                name: "ix_hours_exceptions_practice_id_room_id",
                table: "hours_exceptions",
                columns: new[] { "practice_id", "room_id" });

            migrationBuilder.CreateIndex(
                name: "incident_answered_once",
                table: "incident_answers",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_incident_answers_practice_id_incident_id_at",
                table: "incident_answers",
                columns: new[] { "practice_id", "incident_id", "at" });

            migrationBuilder.CreateIndex(
                name: "incident_sent_once",
                table: "incidents",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_incidents_practice_id_agreement_id",
                table: "incidents",
                columns: new[] { "practice_id", "agreement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_practice_id_client_id_recorded_at",
                table: "incidents",
                columns: new[] { "practice_id", "client_id", "recorded_at" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_practice_id_engagement_id",
                table: "incidents",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_practice_id_key_id",
                table: "incidents",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_practice_id_psychologist_id_recorded_at",
                table: "incidents",
                columns: new[] { "practice_id", "psychologist_id", "recorded_at" });

            migrationBuilder.CreateIndex(
                name: "session_credited_once",
                table: "incidents",
                columns: new[] { "practice_id", "appointment_id", "client_id" },
                unique: true,
                filter: "credited_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_practice_id_client_id",
                table: "invitations",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "invoiced_once",
                table: "invoiced_charges",
                columns: new[] { "practice_id", "charge_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invoiced_charges_practice_id_document_id",
                table: "invoiced_charges",
                columns: new[] { "practice_id", "document_id" });

            migrationBuilder.CreateIndex(
                name: "ix_issued_documents_practice_id_client_id",
                table: "issued_documents",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_issued_documents_practice_id_corrects_id",
                table: "issued_documents",
                columns: new[] { "practice_id", "corrects_id" });

            migrationBuilder.CreateIndex(
                name: "ix_issued_documents_practice_id_engagement_id",
                table: "issued_documents",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_issued_documents_practice_id_issued_on",
                table: "issued_documents",
                columns: new[] { "practice_id", "issued_on" });

            migrationBuilder.CreateIndex(
                name: "number_once",
                table: "issued_documents",
                columns: new[] { "practice_id", "kind", "year", "serial" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "receipt_once",
                table: "issued_documents",
                columns: new[] { "practice_id", "payment_id" },
                unique: true,
                filter: "payment_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_lifted_steps_practice_id_client_id",
                table: "lifted_steps",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_lifted_steps_practice_id_engagement_id_client_id",
                table: "lifted_steps",
                columns: new[] { "practice_id", "engagement_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_memberships_practice_id_user_id",
                table: "memberships",
                columns: new[] { "practice_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_memberships_user_id",
                table: "memberships",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_notice_wordings_practice_id_kind_language_channel",
                table: "notice_wordings",
                columns: new[] { "practice_id", "kind", "language", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notices_practice_id_client_id",
                table: "notices",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_practice_id_state_due_at",
                table: "notices",
                columns: new[] { "practice_id", "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "notices_due",
                table: "notices",
                columns: new[] { "practice_id", "channel", "due_at" },
                filter: "state = 'Due'");

            migrationBuilder.CreateIndex(
                name: "one_notice_of_a_kind",
                table: "notices",
                columns: new[] { "practice_id", "appointment_id", "kind", "offset_minutes", "appointment_at", "channel", "recipient", "client_id" },
                unique: true,
                filter: "appointment_id is not null and state <> 'Withdrawn'")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_occupancies_practice_id_appointment_id",
                table: "occupancies",
                columns: new[] { "practice_id", "appointment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_occupancies_practice_id_resource_id_starts_at",
                table: "occupancies",
                columns: new[] { "practice_id", "resource_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_packages_practice_id_charge_id",
                table: "packages",
                columns: new[] { "practice_id", "charge_id" });

            migrationBuilder.CreateIndex(
                name: "ix_packages_practice_id_client_id",
                table: "packages",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_packages_practice_id_engagement_id",
                table: "packages",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_packages_practice_id_kind_id",
                table: "packages",
                columns: new[] { "practice_id", "kind_id" });

            migrationBuilder.CreateIndex(
                name: "sold_once",
                table: "packages",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_paper_scans_practice_id_engagement_id",
                table: "paper_scans",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_paper_scans_practice_id_key_id",
                table: "paper_scans",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "one_scan",
                table: "paper_scans",
                columns: new[] { "practice_id", "agreement_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_password_resets_user_id",
                table: "password_resets",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "agreed_once",
                table: "payment_plans",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "one_plan",
                table: "payment_plans",
                columns: new[] { "practice_id", "client_id", "currency" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_payments_practice_id_client_id",
                table: "payments",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payments_practice_id_form_token",
                table: "payments",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "taken_back_once",
                table: "payments",
                columns: new[] { "practice_id", "takes_back" },
                unique: true,
                filter: "takes_back is not null");

            migrationBuilder.CreateIndex(
                name: "ix_plan_parts_practice_id_plan_id_number",
                table: "plan_parts",
                columns: new[] { "practice_id", "plan_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_practice_keys_practice_id_key_version",
                table: "practice_keys",
                columns: new[] { "practice_id", "key_version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_practices_slug",
                table: "practices",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_process_notes_practice_id_appointment_id_author_id",
                table: "process_notes",
                columns: new[] { "practice_id", "appointment_id", "author_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_process_notes_practice_id_engagement_id",
                table: "process_notes",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_process_notes_practice_id_key_id",
                table: "process_notes",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_progress_ratings_practice_id_appointment_id",
                table: "progress_ratings",
                columns: new[] { "practice_id", "appointment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_progress_ratings_practice_id_engagement_id",
                table: "progress_ratings",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_progress_ratings_practice_id_request_id_appointment_id",
                table: "progress_ratings",
                columns: new[] { "practice_id", "request_id", "appointment_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_protocols_practice_id_appointment_id",
                table: "protocols",
                columns: new[] { "practice_id", "appointment_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_protocols_practice_id_author_id_signed_at",
                table: "protocols",
                columns: new[] { "practice_id", "author_id", "signed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_protocols_practice_id_engagement_id",
                table: "protocols",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_protocols_practice_id_key_id",
                table: "protocols",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_protocols_practice_id_request_id",
                table: "protocols",
                columns: new[] { "practice_id", "request_id" });

            migrationBuilder.CreateIndex(
                name: "ix_psychologist_profiles_practice_id_user_id",
                table: "psychologist_profiles",
                columns: new[] { "practice_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_referrals_practice_id_contact_id",
                table: "referrals",
                columns: new[] { "practice_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_referrals_practice_id_engagement_id",
                table: "referrals",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_referrals_practice_id_request_id",
                table: "referrals",
                columns: new[] { "practice_id", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reminder_rewrites_practice_id_appointment_id",
                table: "reminder_rewrites",
                columns: new[] { "practice_id", "appointment_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_request_acceptances_practice_id_client_id",
                table: "request_acceptances",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_request_acceptances_practice_id_engagement_id",
                table: "request_acceptances",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_request_acceptances_practice_id_request_id_client_id_formul~",
                table: "request_acceptances",
                columns: new[] { "practice_id", "request_id", "client_id", "formulation_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_request_changes_practice_id_engagement_id",
                table: "request_changes",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_request_changes_practice_id_request_id_at",
                table: "request_changes",
                columns: new[] { "practice_id", "request_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_request_steps_practice_id_engagement_id",
                table: "request_steps",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_request_steps_practice_id_request_id_number",
                table: "request_steps",
                columns: new[] { "practice_id", "request_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_room_hours_practice_id_room_id",
                table: "room_hours",
                columns: new[] { "practice_id", "room_id" });

            migrationBuilder.CreateIndex(
                name: "ix_rota_shifts_practice_id_user_id_day_from",
                table: "rota_shifts",
                columns: new[] { "practice_id", "user_id", "day", "from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_safety_flags_practice_id_client_id",
                table: "safety_flags",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_safety_flags_practice_id_closed_at_raised_at",
                table: "safety_flags",
                columns: new[] { "practice_id", "closed_at", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "ix_safety_flags_practice_id_engagement_id",
                table: "safety_flags",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_safety_flags_practice_id_enquiry_id",
                table: "safety_flags",
                columns: new[] { "practice_id", "enquiry_id" });

            migrationBuilder.CreateIndex(
                name: "one_open_flag_per_text",
                table: "safety_flags",
                columns: new[] { "practice_id", "source", "source_id" },
                unique: true,
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sealed_documents_practice_id_engagement_id",
                table: "sealed_documents",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_sealed_documents_practice_id_key_id",
                table: "sealed_documents",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "sealed_by_hash",
                table: "sealed_documents",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "sealed_once",
                table: "sealed_documents",
                columns: new[] { "practice_id", "agreement_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sign_ins_expires_at",
                table: "sign_ins",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_ins_user_id",
                table: "sign_ins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_slot_offers_practice_id_appointment_id",
                table: "slot_offers",
                columns: new[] { "practice_id", "appointment_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slot_offers_practice_id_engagement_id",
                table: "slot_offers",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_slot_offers_practice_id_wish_id",
                table: "slot_offers",
                columns: new[] { "practice_id", "wish_id" });

            migrationBuilder.CreateIndex(
                name: "one_offer_of_a_slot_to_a_client",
                table: "slot_offers",
                columns: new[] { "practice_id", "psychologist_id", "starts_at", "client_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "one_open_offer_a_client",
                table: "slot_offers",
                columns: new[] { "practice_id", "client_id" },
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "one_open_offer_a_slot",
                table: "slot_offers",
                columns: new[] { "practice_id", "psychologist_id", "starts_at", "seat" },
                unique: true,
                filter: "state = 'Open'")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_talk_answers_practice_id_appointment_id_answered_at",
                table: "talk_answers",
                columns: new[] { "practice_id", "appointment_id", "answered_at" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_answers_practice_id_client_id",
                table: "talk_answers",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_answers_practice_id_engagement_id",
                table: "talk_answers",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_answers_practice_id_form_token",
                table: "talk_answers",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_talk_answers_practice_id_key_id",
                table: "talk_answers",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_holds_practice_id_held_until",
                table: "talk_holds",
                columns: new[] { "practice_id", "held_until" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_holds_practice_id_room_id",
                table: "talk_holds",
                columns: new[] { "practice_id", "room_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_appointment_id",
                table: "talk_wishes",
                columns: new[] { "practice_id", "appointment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_client_id",
                table: "talk_wishes",
                columns: new[] { "practice_id", "client_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_email",
                table: "talk_wishes",
                columns: new[] { "practice_id", "email" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_enquiry_id",
                table: "talk_wishes",
                columns: new[] { "practice_id", "enquiry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_form_token",
                table: "talk_wishes",
                columns: new[] { "practice_id", "form_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_hold_id",
                table: "talk_wishes",
                columns: new[] { "practice_id", "hold_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_key_id",
                table: "talk_wishes",
                columns: new[] { "practice_id", "key_id" });

            migrationBuilder.CreateIndex(
                name: "ix_talk_wishes_practice_id_kind_id",
                table: "talk_wishes",
                columns: new[] { "practice_id", "kind_id" });

            migrationBuilder.CreateIndex(
                name: "ix_themes_practice_id_key",
                table: "themes",
                columns: new[] { "practice_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_unpaid_reminders_practice_id_client_id_currency",
                table: "unpaid_reminders",
                columns: new[] { "practice_id", "client_id", "currency" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_claims_user_id",
                table: "user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_logins_user_id",
                table: "user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_passkeys_user_id",
                table: "user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_email",
                table: "users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_user_name",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "one_wish_a_client",
                table: "waitlist_wishes",
                columns: new[] { "practice_id", "client_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_work_reviews_practice_id_engagement_id",
                table: "work_reviews",
                columns: new[] { "practice_id", "engagement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_reviews_practice_id_request_id_at",
                table: "work_reviews",
                columns: new[] { "practice_id", "request_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_working_hours_practice_id_psychologist_id",
                table: "working_hours",
                columns: new[] { "practice_id", "psychologist_id" });

            migrationBuilder.CreateIndex(
                name: "ix_working_hours_practice_id_room_id",
                table: "working_hours",
                columns: new[] { "practice_id", "room_id" });

            migrationBuilder.AddForeignKey(
                name: "fk_charges_packages_practice_id_package_id",
                table: "charges",
                columns: new[] { "practice_id", "package_id" },
                principalTable: "packages",
                principalColumns: new[] { "practice_id", "id" },
                onDelete: ReferentialAction.Restrict);
            migrationBuilder.Run("Initial.1-rules.sql");
            migrationBuilder.Run("Initial.5-agreements.sql");
            migrationBuilder.Run("Initial.5-attendance.sql");
            migrationBuilder.Run("Initial.5-booking.sql");
            migrationBuilder.Run("Initial.5-caseload.sql");
            migrationBuilder.Run("Initial.5-enquiries.sql");
            migrationBuilder.Run("Initial.5-money.sql");
            migrationBuilder.Run("Initial.5-reminders.sql");
            migrationBuilder.Run("Initial.5-requests.sql");
            migrationBuilder.Run("Initial.5-sessions.sql");
            migrationBuilder.Run("Initial.6-endings.sql");
            migrationBuilder.Run("Initial.6-incidents.sql");
            migrationBuilder.Run("Initial.9-seal.sql");
        }
    }
}
